namespace Reflexion;

/// <summary>The payload of a guard's decision.</summary>
/// <param name="Lesson">The lesson, with the time it was written at: filing the same one again changes nothing.</param>
/// <param name="Rejection">Why it was rejected, or null.</param>
/// <param name="At">When it was decided.</param>
internal sealed record LessonDecision(Lesson Lesson, string? Rejection, DateTimeOffset At);
