using System.Collections.Frozen;

namespace Reflexion.Environments;

/// <summary>What may be put where.</summary>
internal static class FitCatalogue
{
    private const string Food = "apple bread egg lettuce potato tomato ";
    private const string Dishes = "bowl cup mug plate ";
    private const string Pots = "kettle pan pot ";
    private const string Cutlery = "butterknife fork knife ladle spatula spoon ";
    private const string Shakers = "peppershaker saltshaker ";
    private const string Bottles = "glassbottle winebottle ";
    private const string Pocket = "cellphone creditcard keychain ";
    private const string Desk = "alarmclock book cd laptop pen pencil remotecontrol watch ";
    private const string Ornaments = "box candle newspaper statue tissuebox vase ";
    private const string Bath = "cloth handtowel soapbar ";
    private const string Supplies = "soapbottle spraybottle toiletpaper ";
    private const string Table = Dishes + Pots + Cutlery + Shakers + Bottles + Food + Pocket + Desk + Ornaments + "dishsponge soapbottle wateringcan ";
    private const string Board = Pocket + Desk + Ornaments + "bowl cloth mug tennisracket wateringcan ";
    private const string Seat = Pocket + "book box laptop newspaper pillow remotecontrol ";

    private static readonly FrozenDictionary<string, FrozenSet<string>> Fits = new Dictionary<string, string>
    {
        ["armchair"] = Seat + "cloth",
        ["bathtubbasin"] = Bath + "dishsponge",
        ["bed"] = "baseballbat basketball book cellphone laptop pillow teddybear tennisracket",
        ["cabinet"] = Dishes + Pots + Shakers + Bottles + Bath + Supplies + "book box candle cd dishsponge ladle newspaper tissuebox vase wateringcan",
        ["cart"] = Bath + Supplies + "candle dishsponge tissuebox",
        ["coffeemachine"] = "mug",
        ["coffeetable"] = Pocket + Desk + Ornaments + "bowl plate wateringcan",
        ["countertop"] = Table + Bath + Supplies,
        ["desk"] = Board + "basketball",
        ["diningtable"] = Table + "baseballbat spraybottle",
        ["drawer"] = Cutlery + Shakers + Bath + Supplies + Pocket + "book candle cd dishsponge newspaper pen pencil remotecontrol tissuebox watch wateringcan",
        ["dresser"] = Board + Supplies + "basketball",
        ["fridge"] = Food + Dishes + Bottles + "pan pot",
        ["garbagecan"] = Food + Bath + Supplies + Bottles + "cd dishsponge newspaper pen pencil tissuebox",
        ["handtowelholder"] = "handtowel",
        ["laundryhamper"] = "cloth",
        ["microwave"] = Dishes + "apple bread egg glassbottle potato tomato",
        ["ottoman"] = Seat,
        ["safe"] = Pocket + "cd statue vase watch",
        ["shelf"] = Board + Dishes + Shakers + Bottles + Bath + Supplies + "dishsponge kettle pot",
        ["sidetable"] = Table + "baseballbat cloth tennisracket",
        ["sinkbasin"] = Dishes + Pots + Cutlery + Bath + "apple dishsponge egg glassbottle lettuce potato tomato",
        ["sofa"] = Seat,
        ["stoveburner"] = Pots,
        ["toaster"] = "",
        ["toilet"] = Bath + Supplies + "candle dishsponge tissuebox",
        ["toiletpaperhanger"] = "toiletpaper",
        ["towelholder"] = "towel",
        ["tvstand"] = "remotecontrol tissuebox watch",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Whether objects of a type may be put into receptacles of a type; not into those of an unknown one.</summary>
    internal static bool MayHold(string receptacleType, string objectType) => Fits.TryGetValue(receptacleType, out var types) && types.Contains(objectType);

    /// <summary>The types of objects that receptacles of a type may hold.</summary>
    internal static FrozenSet<string> HeldBy(string receptacleType) => Fits[receptacleType];
}
