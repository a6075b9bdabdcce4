namespace Reflexion;

/// <summary>A guard rejected a lesson.</summary>
/// <param name="Lesson">The lesson and why.</param>
internal sealed record RejectionFiled(QuarantinedLesson Lesson) : MemoryRecord;
