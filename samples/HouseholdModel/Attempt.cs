using System.Collections.Immutable;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>One game as it was seen from within: what was read and what was written, nothing of the world itself.</summary>
/// <param name="Task">The instruction, as the agent is told it.</param>
/// <param name="Refinement">What stood in the prompt, or null.</param>
/// <param name="Room">The first observation.</param>
/// <param name="Steps">Each action with what came of it.</param>
/// <param name="IsWon">Whether the task was done.</param>
public sealed record Attempt(string Task, string? Refinement, string Room, ImmutableArray<AttemptStep> Steps, bool IsWon);
