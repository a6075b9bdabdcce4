using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Reflexion.Retroformer;

/// <summary>
/// Experiences as a projection of what is recorded anyway (Yao et al. 2023, section 4.2): from a journal with everything that was sampled, from an
/// <see cref="Episode"/> with the texts.
/// </summary>
/// <remarks>
/// A trial is an experience where it has a trial before it, both have a return, and its prompt holds what a retrospective model wrote, or nothing learnt at all:
/// that is a retry, <see cref="Experience.IsNullArm"/>. Left out are trials whose prompt came about otherwise, by lessons alone say, or in place of a refinement that
/// was rejected: their returns are nobody's reward.
/// </remarks>
public static class ExperienceExtraction
{
    /// <summary>Reads the experiences of an episode. It holds texts and returns, and neither tokens nor log-probabilities.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>In the order of trials. Trials are left out whose recalled lessons are not known, since the state cannot be told without them.</returns>
    public static ImmutableArray<Experience> FromEpisode(Episode episode, ExperienceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(episode);
        options ??= new();
        return Project(EpisodeRewrites.Of(episode, options.Lessons), options);
    }

    /// <summary>Reads the experiences of one episode of a journal, as far as it came.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="episodeId">The episode.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>In the order of trials; none where the journal does not know the episode.</returns>
    /// <exception cref="EpisodeFormatException">The episode is damaged or of a newer version.</exception>
    /// <exception cref="FormatException">The tokens that a reply carries are damaged.</exception>
    public static async ValueTask<ImmutableArray<Experience>> FromJournalAsync(
        IEpisodeJournal journal, string episodeId, ExperienceOptions? options = null, CancellationToken cancellationToken = default) =>
        Project(await journal.ReadRewritesAsync(episodeId, cancellationToken).ConfigureAwait(false), options ?? new());

    /// <summary>Reads the experiences of a journal's episodes, as far as they came; one episode is held at a time.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="query">Which episodes; null for all.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>By episode id in ordinal order, then in the order of trials.</returns>
    /// <exception cref="EpisodeFormatException">An episode is damaged or of a newer version.</exception>
    /// <exception cref="FormatException">The tokens that a reply carries are damaged.</exception>
    public static IAsyncEnumerable<Experience> FromJournalAsync(
        IEpisodeJournal journal, JournalQuery? query = null, ExperienceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return ReadAsync(journal, query, options, cancellationToken);
    }

    private static async IAsyncEnumerable<Experience> ReadAsync(
        IEpisodeJournal journal, JournalQuery? query, ExperienceOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JournaledEpisode episode in journal.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (Experience experience in await FromJournalAsync(journal, episode.EpisodeId, options, cancellationToken).ConfigureAwait(false))
            {
                yield return experience;
            }
        }
    }

    private static ImmutableArray<Experience> Project(IEnumerable<RecordedRewrite> rewrites, ExperienceOptions options) =>
        [.. rewrites.Select(rewrite => ExperienceProjection.Of(rewrite, options)).OfType<Experience>()];
}
