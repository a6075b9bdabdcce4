namespace Reflexion;

/// <summary>An entry was refused because the episode has one of its sequence: another run is writing the same episode.</summary>
/// <param name="episodeId">The episode.</param>
/// <param name="sequence">The entry's sequence.</param>
/// <param name="innerException">What found it, or null.</param>
public sealed class JournalConflictException(string episodeId, long sequence, Exception? innerException = null)
    : JournalException($"Entry {sequence} of episode '{episodeId}' is not the next one: another run is writing the same episode. Leave it to that one, or run it again when that one has ended.", innerException)
{
    /// <summary>The episode.</summary>
    public string EpisodeId { get; } = episodeId;

    /// <summary>The refused entry's sequence.</summary>
    public long Sequence { get; } = sequence;
}
