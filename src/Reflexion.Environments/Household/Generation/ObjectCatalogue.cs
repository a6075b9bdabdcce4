using System.Collections.Frozen;

namespace Reflexion.Environments;

/// <summary>What is generally true of types of things, whatever room they are in.</summary>
internal static class ObjectCatalogue
{
    private const HouseholdTraits Movable = HouseholdTraits.Pickupable;
    private const HouseholdTraits Washable = Movable | HouseholdTraits.Cleanable;
    private const HouseholdTraits Food = Washable | HouseholdTraits.Heatable | HouseholdTraits.Coolable | HouseholdTraits.Sliceable;
    private const HouseholdTraits ColdDish = Washable | HouseholdTraits.Coolable | HouseholdTraits.Container;
    private const HouseholdTraits Dish = ColdDish | HouseholdTraits.Heatable;

    private static readonly FrozenDictionary<string, HouseholdTraits> Traits = new Dictionary<string, HouseholdTraits>
    {
        ["apple"] = Food,
        ["egg"] = Food,
        ["potato"] = Food,
        ["tomato"] = Food,
        ["bread"] = Food & ~HouseholdTraits.Cleanable,
        ["lettuce"] = Food & ~HouseholdTraits.Heatable,
        ["cup"] = Dish,
        ["mug"] = Dish,
        ["plate"] = Dish,
        ["bowl"] = ColdDish,
        ["pan"] = ColdDish,
        ["pot"] = ColdDish,
        ["winebottle"] = Movable | HouseholdTraits.Coolable,
        ["butterknife"] = Washable,
        ["cloth"] = Washable,
        ["dishsponge"] = Washable,
        ["fork"] = Washable,
        ["kettle"] = Washable,
        ["knife"] = Washable,
        ["ladle"] = Washable,
        ["soapbar"] = Washable,
        ["spatula"] = Washable,
        ["spoon"] = Washable,
        ["box"] = Movable | HouseholdTraits.Container,
        ["desklamp"] = HouseholdTraits.Toggleable,
        ["houseplant"] = HouseholdTraits.None,
        ["television"] = HouseholdTraits.None,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Openable = ["cabinet", "drawer", "fridge", "microwave", "safe"];

    /// <summary>Things so small that a dish or a pan may hold them.</summary>
    private static readonly FrozenSet<string> Small = ["butterknife", "cellphone", "dishsponge", "fork", "knife", "ladle", "pen", "pencil", "spatula", "spoon"];

    /// <summary>What can be done to objects of a type; where nothing is known, they can be moved.</summary>
    internal static HouseholdTraits TraitsOf(string type) => Traits.GetValueOrDefault(type, Movable);

    /// <summary>Whether receptacles of a type have a door or a lid.</summary>
    internal static bool IsOpenable(string receptacleType) => Openable.Contains(receptacleType);

    /// <summary>Whether objects of a type may lie in a dish.</summary>
    internal static bool IsSmall(string type) => Small.Contains(type);
}
