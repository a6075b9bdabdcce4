using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Lessons went into a prompt, or the trial they went into was scored.</summary>
/// <param name="Use">The entry of the ledger.</param>
/// <param name="Credited">The lessons whose credit it changes; null for all of the entry's.</param>
internal sealed record UseRecorded(LessonUse Use, ImmutableArray<string>? Credited = null) : MemoryRecord;
