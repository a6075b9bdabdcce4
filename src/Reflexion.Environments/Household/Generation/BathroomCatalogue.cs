namespace Reflexion.Environments;

/// <summary>Bathrooms: small rooms with soap, paper and towels.</summary>
internal static class BathroomCatalogue
{
    internal static RoomCatalogue Room { get; } = new(
        RoomKind.Bathroom,
        [
            new("bathtubbasin", 1, 1, 40),
            new("cabinet", 2, 6, 75),
            new("cart", 1, 1, 10),
            new("countertop", 1, 1),
            new("drawer", 2, 7, 35),
            new("dresser", 1, 1, 10),
            new("garbagecan", 1, 1),
            new("handtowelholder", 1, 3),
            new("shelf", 1, 3, 20),
            new("sinkbasin", 1, 2),
            new("toilet", 1, 1),
            new("toiletpaperhanger", 1, 1),
            new("towelholder", 1, 2),
        ],
        [
            new("candle", 3, "countertop 5, cabinet 4, toilet 4, drawer 2, shelf 2, dresser 1, cart 1"),
            new("cloth", 3, "cabinet 5, bathtubbasin 4, countertop 2, drawer 2, toilet 1, shelf 1"),
            new("dishsponge", 2, "sinkbasin 1, garbagecan 1, cabinet 1, toilet 1, bathtubbasin 1, shelf 1, cart 1", 15),
            new("handtowel", 2, "handtowelholder 8, countertop 1"),
            new("papertowelroll", 1, "garbagecan 1, countertop 1", 15),
            new("soapbar", 4, "countertop 5, toilet 3, sinkbasin 3, cabinet 3, drawer 1, bathtubbasin 1, garbagecan 1, shelf 1"),
            new("soapbottle", 3, "countertop 5, cabinet 4, toilet 3, shelf 2, garbagecan 1, dresser 1, drawer 1"),
            new("spraybottle", 3, "countertop 5, cabinet 4, toilet 3, garbagecan 2, dresser 2, shelf 1, cart 1, drawer 1"),
            new("tissuebox", 3, "countertop 4, drawer 3, shelf 2, cabinet 1, toilet 1, cart 1", 20),
            new("toiletpaper", 4, "cabinet 5, toilet 5, countertop 3, toiletpaperhanger 3, garbagecan 1, drawer 1, shelf 1"),
            new("towel", 2, "towelholder 1"),
        ]);
}
