namespace Reflexion.Samples.HouseholdModel;

/// <summary>An action and what came of it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Observation">What the world answered.</param>
/// <param name="IsSlip">Whether it is shown for how to go on after it, and not to be imitated.</param>
public sealed record AttemptStep(string Action, string Observation, bool IsSlip = false);
