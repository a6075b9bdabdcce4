namespace Reflexion;

/// <summary>Something that happened to a memory. All that a memory holds follows from its records in order.</summary>
internal abstract record MemoryRecord;
