namespace Reflexion;

/// <summary>The orders in which lessons give way: the first one goes first.</summary>
internal static class LessonOrder
{
    /// <summary>Least worth first, then oldest.</summary>
    public static Comparer<LessonEntry> ByWorth { get; } = Comparer<LessonEntry>.Create(static (x, y) =>
    {
        int order = CompareWorth(x.Lesson, y.Lesson);
        return order != 0 ? order : x.Recency.CompareTo(y.Recency);
    });

    /// <summary>Oldest first.</summary>
    public static Comparer<LessonEntry> ByAge { get; } = Comparer<LessonEntry>.Create(static (x, y) =>
    {
        int order = LastLearnt(x.Lesson).CompareTo(LastLearnt(y.Lesson));
        return order != 0 ? order : x.Recency.CompareTo(y.Recency);
    });

    /// <summary>When a lesson was last learnt; ages count from here.</summary>
    public static DateTimeOffset LastLearnt(Lesson lesson) => lesson.Provenances[^1].WrittenAt;

    /// <summary>Whether a lesson can be recalled: neither retired nor last learnt before an instant.</summary>
    public static bool IsRecalled(Lesson lesson, DateTimeOffset since) =>
        lesson.State != LessonState.Retired && LastLearnt(lesson) >= since;

    /// <summary>Compares two lessons by worth (mean ΔG, 0 where untried), then by when they were last learnt.</summary>
    public static int CompareWorth(Lesson x, Lesson y)
    {
        int order = Worth(x).CompareTo(Worth(y));
        return order != 0 ? order : LastLearnt(x).CompareTo(LastLearnt(y));
    }

    /// <summary>What a lesson is worth to the memory when room is scarce.</summary>
    public static double Worth(Lesson lesson) => lesson.Credit.MeanDelta ?? 0;
}
