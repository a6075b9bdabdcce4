namespace Reflexion;

/// <summary>Two lessons that say much the same.</summary>
/// <param name="Lesson">The lesson that came later.</param>
/// <param name="Original">The lesson that came first.</param>
/// <param name="Overlap">How much, in (0,1]: of both for a duplicate, of <paramref name="Lesson"/> for a recall loop.</param>
public sealed record LessonOverlap(Lesson Lesson, Lesson Original, double Overlap);
