namespace Reflexion;

/// <summary>Where the whole lines of a file end.</summary>
/// <param name="Length">Their length in bytes; 0 where there is no header yet.</param>
/// <param name="Entries">How many entries they hold.</param>
internal readonly record struct JournalTail(long Length, long Entries);
