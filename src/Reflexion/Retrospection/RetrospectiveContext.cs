using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a retrospective model rewrites the prompt from.</summary>
public sealed record RetrospectiveContext
{
    /// <summary>The task.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>The actor's prompt before anything learnt is added.</summary>
    public required ActorPrompt BasePrompt { get; init; }

    /// <summary>The lessons recalled for this trial, oldest first.</summary>
    public ImmutableArray<Lesson> Lessons { get; init; } = [];

    /// <summary>The trials of this episode so far, oldest first; empty before the first.</summary>
    public ImmutableArray<Trial> Trials { get; init; } = [];

    /// <summary>The run: call models through <see cref="EpisodeRun.Meter"/> so that the budget covers them.</summary>
    public EpisodeRun Run { get => field ??= new(); init; }
}
