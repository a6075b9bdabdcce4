using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Cleaning, heating and cooling: what the object must allow, which receptacles do it, and what becomes of the object.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Needs">What the object must allow.</param>
/// <param name="Tools">The types of receptacle that do it.</param>
/// <param name="Gives">What the object becomes.</param>
/// <param name="Ends">What it is no longer.</param>
internal sealed record Treatment(HouseholdVerb Verb, HouseholdTraits Needs, ImmutableArray<string> Tools, HouseholdConditions Gives, HouseholdConditions Ends)
{
    /// <summary>The older grammar also takes a sink for cleaning; the newer one does not.</summary>
    internal static ImmutableArray<Treatment> Of(HouseholdGrammar grammar) =>
    [
        new(HouseholdVerb.Clean, HouseholdTraits.Cleanable, grammar == HouseholdGrammar.PutInOrOn ? ["sinkbasin", "sink"] : ["sinkbasin"], HouseholdConditions.Clean, HouseholdConditions.None),
        new(HouseholdVerb.Heat, HouseholdTraits.Heatable, ["microwave"], HouseholdConditions.Hot, HouseholdConditions.Cool),
        new(HouseholdVerb.Cool, HouseholdTraits.Coolable, ["fridge"], HouseholdConditions.Cool, HouseholdConditions.Hot),
    ];
}
