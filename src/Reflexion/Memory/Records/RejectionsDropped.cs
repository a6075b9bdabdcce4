namespace Reflexion;

/// <summary>The oldest rejected lessons were dropped.</summary>
/// <param name="Count">How many.</param>
internal sealed record RejectionsDropped(int Count) : MemoryRecord;
