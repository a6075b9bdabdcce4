using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A phase of a trial that an earlier run completed: its result, and the calls made for it.</summary>
/// <param name="Entry">The entry that completed it.</param>
/// <param name="Calls">The model calls.</param>
internal sealed record RecordedPhase(JournalEntry Entry, ImmutableArray<ModelCall> Calls);
