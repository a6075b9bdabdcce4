namespace Reflexion.Samples.HouseholdModel;

/// <summary>A thought, an action and what came of it.</summary>
public sealed record AttemptStep(string Thought, string Action, string Observation);
