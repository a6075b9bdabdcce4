namespace Reflexion;

/// <summary>One thing that happened in an episode, as a journal keeps it.</summary>
/// <param name="EpisodeId">The episode. Not blank.</param>
/// <param name="Sequence">Its place among the episode's entries, from 0 without a gap. Unique within the episode.</param>
/// <param name="Trial">The trial it belongs to, from 1; 0 for what belongs to the episode as a whole.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Payload">What is to be known of it: one JSON object without line breaks. It comes back character by character.</param>
public sealed record JournalEntry(string EpisodeId, long Sequence, int Trial, JournalEntryKind Kind, DateTimeOffset At, string Payload);
