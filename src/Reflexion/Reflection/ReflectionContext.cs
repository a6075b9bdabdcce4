using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a self-reflector sees. It holds no reference answer.</summary>
public sealed record ReflectionContext
{
    /// <summary>The task.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>The trial to learn from.</summary>
    public required Trial Trial { get; init; }

    /// <summary>The lessons that were in the trial's prompt.</summary>
    public ImmutableArray<Lesson> Lessons { get; init; } = [];

    /// <summary>The run: call models through <see cref="EpisodeRun.Meter"/> so that the budget covers them.</summary>
    public EpisodeRun Run { get => field ??= new(); init; }
}
