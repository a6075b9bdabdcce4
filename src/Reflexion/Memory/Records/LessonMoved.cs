namespace Reflexion;

/// <summary>A lesson's credit moved it to another state.</summary>
/// <param name="Id">The lesson.</param>
/// <param name="State">Where it stands now.</param>
internal sealed record LessonMoved(string Id, LessonState State) : MemoryRecord;
