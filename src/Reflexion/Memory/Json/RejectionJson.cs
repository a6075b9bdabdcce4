namespace Reflexion;

/// <summary>A rejected lesson as it is written.</summary>
internal sealed record RejectionJson(LessonJson Lesson, string Reason, DateTimeOffset At);
