namespace Reflexion.Environments;

/// <summary>Living rooms: seats, tables and ornaments.</summary>
internal static class LivingRoomCatalogue
{
    internal static RoomCatalogue Room { get; } = new(
        RoomKind.LivingRoom,
        [
            new("armchair", 1, 2),
            new("cabinet", 2, 4, 25),
            new("coffeetable", 1, 2, 60),
            new("desk", 1, 1, 10),
            new("diningtable", 1, 2, 35),
            new("drawer", 1, 8, 70),
            new("dresser", 1, 1, 50),
            new("garbagecan", 1, 1),
            new("ottoman", 1, 1, 15),
            new("safe", 1, 1, 25),
            new("shelf", 2, 10, 50),
            new("sidetable", 1, 3, 80),
            new("sofa", 1, 2),
            new("tvstand", 1, 1, 35),
        ],
        [
            new("book", 3, "sofa 3, dresser 3, sidetable 3, coffeetable 3, armchair 1, drawer 1, desk 2", 40),
            new("box", 2, "coffeetable 4, dresser 4, sofa 3, cabinet 3, diningtable 3, armchair 1, shelf 1, sidetable 1"),
            new("candle", 3, "dresser 3, sidetable 3, coffeetable 2, shelf 2, drawer 1", 20),
            new("cellphone", 2, "dresser 4, armchair 3, sofa 3, shelf 2, coffeetable 2, drawer 1, diningtable 1", 40),
            new("creditcard", 3, "coffeetable 5, sofa 4, sidetable 3, drawer 2, armchair 2, shelf 2, dresser 2, diningtable 1"),
            new("desklamp", 1, "sidetable 5, desk 5, dresser 2", 25),
            new("houseplant", 1, "sidetable 4, coffeetable 3, diningtable 1"),
            new("keychain", 3, "sidetable 4, drawer 3, sofa 3, coffeetable 3, dresser 2, shelf 2, diningtable 1"),
            new("laptop", 2, "diningtable 4, sofa 4, coffeetable 3, dresser 3, armchair 2, sidetable 2, desk 3"),
            new("newspaper", 3, "sofa 4, sidetable 3, dresser 3, coffeetable 2, shelf 2, armchair 2, cabinet 1", 50),
            new("pillow", 2, "sofa 7, armchair 4, ottoman 1"),
            new("plate", 2, "diningtable 3, coffeetable 2, shelf 1", 15),
            new("remotecontrol", 3, "armchair 4, coffeetable 4, sofa 4, dresser 3, shelf 2, sidetable 2, diningtable 1, drawer 1"),
            new("statue", 3, "sidetable 5, shelf 4, coffeetable 4, diningtable 3, dresser 3, safe 1"),
            new("television", 1, "dresser 4, tvstand 5, coffeetable 1"),
            new("tissuebox", 3, "sidetable 4, cabinet 3, diningtable 2, coffeetable 2, dresser 2, shelf 1, tvstand 1", 50),
            new("vase", 3, "shelf 4, dresser 3, sidetable 2, safe 2, coffeetable 2, diningtable 1, cabinet 1", 60),
            new("watch", 2, "dresser 3, drawer 3, shelf 2, safe 2, sidetable 2, diningtable 2, coffeetable 1, tvstand 1", 60),
            new("wateringcan", 1, "coffeetable 2, sidetable 2, shelf 1, drawer 1", 20),
        ]);
}
