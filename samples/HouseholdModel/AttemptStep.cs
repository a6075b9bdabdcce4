namespace Reflexion.Samples.HouseholdModel;

/// <summary>An action and what came of it.</summary>
public sealed record AttemptStep(string Action, string Observation);
