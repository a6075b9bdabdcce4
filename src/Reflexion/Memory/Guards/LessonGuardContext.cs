using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a guard looks at.</summary>
public sealed record LessonGuardContext
{
    /// <summary>The lesson about to be stored.</summary>
    public required Lesson Lesson { get; init; }

    /// <summary>The task it was learnt on.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>The trajectory it was learnt from.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>The reference answers, which no lesson may quote.</summary>
    public ImmutableArray<string> References { get; init; } = [];
}
