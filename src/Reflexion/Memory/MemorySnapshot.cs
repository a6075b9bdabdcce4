using System.Collections.Immutable;

namespace Reflexion;

/// <summary>All that a memory holds at one instant; what export writes and import reads.</summary>
public sealed record MemorySnapshot
{
    /// <summary>The lessons, in the order in which they were first learnt.</summary>
    public ImmutableArray<Lesson> Lessons { get; init; } = [];

    /// <summary>The credit ledger, in order.</summary>
    public ImmutableArray<LessonUse> Uses { get; init; } = [];

    /// <summary>What guards rejected, in order.</summary>
    public ImmutableArray<QuarantinedLesson> Quarantine { get; init; } = [];
}
