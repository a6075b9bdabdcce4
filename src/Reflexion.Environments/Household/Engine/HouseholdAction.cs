namespace Reflexion.Environments;

/// <summary>A command in numbers.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Object">The object it is done to, or -1.</param>
/// <param name="Target">The receptacle, or for <see cref="HouseholdVerb.Slice"/> the object that is the knife, or -1.</param>
internal readonly record struct HouseholdAction(HouseholdVerb Verb, int Object = -1, int Target = -1);
