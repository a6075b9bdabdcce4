namespace Reflexion;

/// <summary>Asks a memory for lessons.</summary>
/// <param name="Scope">For whom and for which task.</param>
public sealed record LessonQuery(LessonScope Scope)
{
    /// <summary>How far to look. Default: the same task only.</summary>
    public LessonBreadth Breadth { get; init; } = LessonBreadth.Task;

    /// <summary>
    /// What the lessons should be about, as a rule the task's words; they are then recalled by relevance and utility, as
    /// <see cref="RecallOptions"/> says. Null (default) or blank recalls the most recently learnt ones.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Ω, the most lessons to return. Default 3, as in Shinn et al. 2023, section 3.</summary>
    public int Limit { get; init; } = 3;

    internal bool IsByRelevance => !string.IsNullOrWhiteSpace(Text);
}
