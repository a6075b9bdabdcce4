namespace Reflexion;

/// <summary>A lesson was learnt, or learnt again.</summary>
/// <param name="Lesson">As it came; its credit counts only where the lesson is new.</param>
/// <param name="Rank">Its place in the order of first learning, or null for the next one.</param>
internal sealed record LessonFiled(Lesson Lesson, long? Rank = null) : MemoryRecord;
