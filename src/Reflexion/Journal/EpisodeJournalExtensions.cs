using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Whole episodes out of a journal.</summary>
public static class EpisodeJournalExtensions
{
    /// <summary>Reads an episode whose end is recorded.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="episodeId">The episode.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The episode as it last ended, with a trial that was broken off; null where the journal does not know it or it is open.</returns>
    /// <exception cref="EpisodeFormatException">The episode is damaged or of a newer version.</exception>
    public static async ValueTask<Episode?> ReadEpisodeAsync(this IEpisodeJournal journal, string episodeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        return (await EpisodeHistory.ReadAsync(journal, episodeId, cancellationToken).ConfigureAwait(false))?.ToEpisode();
    }

    /// <summary>Reads how the prompts of an episode's trials came about, of every trial that ended, whether or not the episode did.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="episodeId">The episode.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One for each trial, in order; none where the journal does not know the episode.</returns>
    /// <exception cref="EpisodeFormatException">The episode is damaged or of a newer version.</exception>
    public static async ValueTask<ImmutableArray<RecordedRewrite>> ReadRewritesAsync(
        this IEpisodeJournal journal, string episodeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        RewriteHistory? history = null;
        await foreach (JournalEntry entry in journal.ReadAsync(episodeId, cancellationToken).ConfigureAwait(false))
        {
            history ??= new(entry);
            history.Add(entry);
        }

        return history?.ToRewrites() ?? [];
    }
}
