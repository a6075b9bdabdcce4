using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What an evaluator judges, and the reference answers that only evaluators see.</summary>
public sealed record EvaluationContext
{
    /// <summary>The task.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>What the actor did.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>The acceptable answers, any of which counts; empty where the caller gave none.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The run: call models through <see cref="EpisodeRun.Meter"/> so that the budget covers them.</summary>
    public EpisodeRun Run { get => field ??= new(); init; }
}
