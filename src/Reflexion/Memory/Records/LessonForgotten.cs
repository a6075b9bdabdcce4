namespace Reflexion;

/// <summary>A lesson gave way.</summary>
/// <param name="Id">The lesson.</param>
/// <param name="Cause">Why.</param>
internal sealed record LessonForgotten(string Id, ForgetCause Cause) : MemoryRecord;
