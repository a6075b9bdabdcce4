namespace Reflexion.Tests;

/// <summary>One step of a recorded trial.</summary>
internal sealed record RecordedStep(string Thought, string Action, string Observation);
