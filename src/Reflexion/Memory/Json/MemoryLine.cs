using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One line: a kind, and what goes with that kind.</summary>
internal sealed record MemoryLine
{
    public required string Kind { get; init; }

    public LessonJson? Lesson { get; init; }

    public long? Rank { get; init; }

    public string? Id { get; init; }

    public ForgetCause? Cause { get; init; }

    public LessonState? State { get; init; }

    public LessonUse? Use { get; init; }

    public ImmutableArray<string>? Credited { get; init; }

    public RejectionJson? Rejected { get; init; }

    public int? Count { get; init; }
}
