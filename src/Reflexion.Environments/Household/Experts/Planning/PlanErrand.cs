namespace Reflexion.Environments;

/// <summary>Something to do at a receptacle, going there and opening it included.</summary>
/// <param name="Action">What to do there; null for being there.</param>
/// <param name="Receptacle">Where.</param>
internal readonly record struct PlanErrand(HouseholdAction? Action, int Receptacle)
{
    /// <summary>Whether a door must be open for it.</summary>
    internal bool NeedsOpen => Action?.Verb is HouseholdVerb.Take or HouseholdVerb.Put or HouseholdVerb.Move;
}
