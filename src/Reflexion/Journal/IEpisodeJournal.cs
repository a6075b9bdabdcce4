namespace Reflexion;

/// <summary>Keeps what happens in episodes as it happens, append only, so that a run that was killed goes on where it stood.</summary>
/// <remarks>
/// <para>
/// Thread-safe. What an <see cref="AppendAsync"/> that has completed wrote is kept whatever happens to the process; what one that
/// failed was to write is there as a whole or not at all. Every implementation passes the same conformance suite.
/// </para>
/// <para>
/// An append that fails ends the run of its episode with <see cref="StopReason.Failed"/>, and nothing later of it is written: what is not
/// recorded would be paid for again, and what came after it would be without a reason. A journal therefore repeats by itself what can pass, such as a
/// lock or a server that restarts, for as long as its options say, and fails when waiting no longer helps. The episode is then
/// <see cref="EpisodeState.Interrupted"/> or <see cref="EpisodeState.Open"/>, and goes on when it is run again under its id.
/// </para>
/// <para>Entries hold prompts, replies and lessons in clear text. Reference answers are not among them.</para>
/// </remarks>
public interface IEpisodeJournal
{
    /// <summary>Adds an entry behind those of its episode; its <see cref="JournalEntry.Sequence"/> is the number of entries there are.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Ends the wait; the entry is then kept or not.</param>
    /// <exception cref="JournalConflictException">The episode has an entry of this sequence: another writer was faster.</exception>
    /// <exception cref="ArgumentException">The entry is not sound.</exception>
    ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries of an episode in order; none where the journal does not know it.</summary>
    /// <param name="episodeId">The episode. Compared by ordinal, as everywhere.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default);

    /// <summary>Lists episodes, by id in ordinal order.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default);
}
