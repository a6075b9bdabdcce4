namespace Reflexion;

/// <summary>The payload of a reflection.</summary>
/// <param name="Lesson">What was learnt, or null.</param>
internal sealed record Draft(LessonDraft? Lesson);
