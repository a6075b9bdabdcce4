namespace Reflexion;

/// <summary>A lesson in a ranking.</summary>
/// <param name="Rank">The lesson, by its place in the order of first learning.</param>
/// <param name="Score">What it is ranked by.</param>
/// <param name="Credit">What it has been worth.</param>
internal readonly record struct Ranked(long Rank, double Score, LessonCredit Credit)
{
    /// <summary>The best of some, best first. Sums of the same numbers in another order are ties, and among ties the later lesson is first.</summary>
    public static List<Ranked> Best(IEnumerable<Ranked> lessons, int count) =>
        [.. lessons.OrderByDescending(lesson => Math.Round(lesson.Score, 9)).ThenByDescending(lesson => lesson.Rank).Take(count)];
}
