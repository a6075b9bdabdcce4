namespace Reflexion;

/// <summary>Asks a memory for lessons.</summary>
/// <param name="Scope">For whom and for which task.</param>
public sealed record LessonQuery(LessonScope Scope)
{
    /// <summary>How far to look. Default: the same task only.</summary>
    public LessonBreadth Breadth { get; init; } = LessonBreadth.Task;

    /// <summary>Ω, the most lessons to return. Default 3, as in Shinn et al. 2023, section 3.</summary>
    public int Limit { get; init; } = 3;
}
