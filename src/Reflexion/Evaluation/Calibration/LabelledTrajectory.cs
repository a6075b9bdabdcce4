using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A trajectory that somebody trustworthy has judged: an example to measure an evaluator by.</summary>
/// <param name="Task">The task.</param>
/// <param name="Trajectory">What was done.</param>
/// <param name="Solved">The label: whether the task is really solved.</param>
public sealed record LabelledTrajectory(AgentTask Task, Trajectory Trajectory, bool Solved)
{
    /// <summary>The acceptable answers, for evaluators that use them.</summary>
    public ImmutableArray<string> References { get; init; } = [];
}
