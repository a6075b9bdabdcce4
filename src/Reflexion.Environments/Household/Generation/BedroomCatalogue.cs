namespace Reflexion.Environments;

/// <summary>Bedrooms: a bed, drawers, and a desk with a lamp.</summary>
internal static class BedroomCatalogue
{
    internal static RoomCatalogue Room { get; } = new(
        RoomKind.Bedroom,
        [
            new("armchair", 1, 2, 20),
            new("bed", 1, 1),
            new("cabinet", 1, 4, 10),
            new("desk", 1, 2, 75),
            new("diningtable", 1, 1, 10),
            new("drawer", 2, 10),
            new("dresser", 1, 1, 40),
            new("garbagecan", 1, 1),
            new("laundryhamper", 1, 1, 40),
            new("safe", 1, 1, 45),
            new("shelf", 2, 9, 60),
            new("sidetable", 1, 2, 45),
        ],
        [
            new("alarmclock", 3, "desk 5, shelf 3, sidetable 4, dresser 3, diningtable 2"),
            new("baseballbat", 1, "bed 2, diningtable 1, sidetable 1", 20),
            new("basketball", 1, "desk 1, dresser 1, bed 1", 20),
            new("book", 3, "bed 7, desk 3, drawer 2, sidetable 1, dresser 1, diningtable 1, cabinet 1"),
            new("bowl", 2, "desk 5, shelf 4, sidetable 1, diningtable 1", 55),
            new("box", 1, "shelf 2, desk 1, dresser 1", 20),
            new("cd", 3, "drawer 4, desk 4, garbagecan 2, dresser 2, sidetable 2, shelf 1, diningtable 1"),
            new("cellphone", 3, "bed 4, drawer 4, desk 3, dresser 2, safe 2, sidetable 2, shelf 1"),
            new("cloth", 2, "laundryhamper 3, drawer 1, desk 1, shelf 1", 10),
            new("creditcard", 3, "drawer 5, desk 4, sidetable 3, shelf 2, dresser 2, armchair 1, diningtable 1"),
            new("desklamp", 1, "desk 5, shelf 2, sidetable 3, dresser 2", 75),
            new("houseplant", 1, "shelf 3, desk 2", 20),
            new("keychain", 3, "drawer 5, desk 4, safe 3, shelf 2, dresser 2, diningtable 1, sidetable 1, armchair 1"),
            new("laptop", 2, "bed 6, desk 3, armchair 1, dresser 1, diningtable 1"),
            new("mug", 3, "desk 5, shelf 3, diningtable 2, sidetable 2, dresser 1", 70),
            new("pen", 3, "desk 5, drawer 4, shelf 3, sidetable 2, dresser 2, diningtable 1, garbagecan 1"),
            new("pencil", 3, "desk 5, shelf 3, drawer 3, dresser 2, sidetable 2, diningtable 1, garbagecan 1"),
            new("pillow", 3, "bed 8, armchair 1"),
            new("remotecontrol", 3, "drawer 2, armchair 2, dresser 2, desk 2, sidetable 1", 10),
            new("statue", 2, "dresser 3, shelf 3, desk 1", 10),
            new("teddybear", 1, "bed 1", 20),
            new("tennisracket", 1, "bed 1, desk 1, dresser 1", 10),
            new("tissuebox", 2, "desk 4, sidetable 3, diningtable 2, drawer 1", 15),
            new("vase", 2, "dresser 2, shelf 2, desk 1, safe 1", 10),
            new("watch", 2, "dresser 2, drawer 2, safe 1, desk 1", 10),
        ]);
}
