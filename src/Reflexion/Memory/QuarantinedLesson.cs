namespace Reflexion;

/// <summary>A lesson that a guard rejected: kept for inspection, never recalled.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Reason">What the guard found.</param>
/// <param name="At">When it was rejected.</param>
public sealed record QuarantinedLesson(Lesson Lesson, string Reason, DateTimeOffset At);
