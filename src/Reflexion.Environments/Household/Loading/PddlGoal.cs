using System.Collections.Frozen;

namespace Reflexion.Environments;

/// <summary>Tells which kind of task a goal is, by the facts it asks for.</summary>
internal static class PddlGoal
{
    /// <summary>Everything that goals of the six kinds speak of.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "inreceptacle", "objecttype", "receptacletype", "objectatlocation", "receptacleatlocation", "atlocation", "holds", "toggleable", "istoggled",
        "cleanable", "isclean", "heatable", "ishot", "coolable", "iscool", "sliceable", "issliced", "opened", "=", "pickupable");

    /// <summary>Reads a goal; false with a reason where it is of none of the six kinds.</summary>
    internal static bool TryRead(PddlNode goal, out HouseholdGoal? read, out string problem)
    {
        read = null;
        problem = "";
        string[][] facts = [.. Literals(goal)];
        if (Array.Find(facts, fact => !Known.Contains(fact[0])) is { } strange)
        {
            problem = $"the goal asks for '{strange[0]}', which none of the six kinds of task does.";
            return false;
        }

        Dictionary<string, string> types = facts
            .Where(fact => fact is ["objecttype" or "receptacletype", _, _])
            .GroupBy(fact => fact[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => PddlNames.TypeOf(group.First()[2]), StringComparer.Ordinal);
        bool Asks(string predicate) => facts.Any(fact => fact[0] == predicate);
        string? TypeOf(string predicate, int argument) =>
            facts.Where(fact => fact[0] == predicate && fact.Length > argument).Select(fact => types.GetValueOrDefault(fact[argument])).FirstOrDefault(type => type is not null);

        HouseholdTaskKind kind = Asks("istoggled") ? HouseholdTaskKind.LookInLight
            : facts.Where(fact => fact[0] == "inreceptacle").Select(fact => fact[1]).Distinct(StringComparer.Ordinal).Count() > 1 ? HouseholdTaskKind.PickTwoAndPlace
            : Asks("isclean") ? HouseholdTaskKind.CleanAndPlace
            : Asks("ishot") ? HouseholdTaskKind.HeatAndPlace
            : Asks("iscool") ? HouseholdTaskKind.CoolAndPlace
            : HouseholdTaskKind.PickAndPlace;
        (string? thing, string? target) = kind == HouseholdTaskKind.LookInLight
            ? (TypeOf("holds", 2), TypeOf("istoggled", 1))
            : (TypeOf("inreceptacle", 1), TypeOf("inreceptacle", 2));
        if (thing is null || target is null)
        {
            problem = "the goal does not say which types of object and target it is about.";
            return false;
        }

        read = new(kind, thing, target) { RequiresSliced = Asks("issliced"), RequiresAllClosed = Asks("opened") };
        return true;
    }

    /// <summary>The facts of a formula; lists of variables are not among them.</summary>
    private static IEnumerable<string[]> Literals(PddlNode node) => node.Head switch
    {
        "exists" or "forall" => node.Items.Skip(2).SelectMany(Literals),
        "and" or "not" or ":goal" => node.Items.Skip(1).SelectMany(Literals),
        _ => node.Facts(),
    };
}
