using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Learning curves: the share of tasks solved after each trial, as the papers plot it.</summary>
public static class SolvedCurve
{
    /// <summary>Makes the curve of some episodes. An episode that ended keeps what it had.</summary>
    /// <param name="episodes">The episodes of one arm; all of them count.</param>
    /// <param name="confidence">The confidence of the intervals, in (0,1). Default 0.95.</param>
    /// <returns>A point for each trial up to the longest episode's last; none where there are no trials.</returns>
    public static ImmutableArray<SolvedCurvePoint> Of(IEnumerable<EpisodeRecord> episodes, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        EpisodeRecord[] all = [.. episodes];
        int longest = all.Select(episode => episode.LastTrial).DefaultIfEmpty().Max();
        return [.. Enumerable.Range(1, longest).Select(trial => PointAt(trial, all, confidence))];
    }

    /// <summary>The share of episodes for which something holds, with an interval that allows for seeds of one task being alike.</summary>
    internal static IntervalEstimate Share(IEnumerable<EpisodeRecord> episodes, Func<EpisodeRecord, bool> holds, double confidence) =>
        WilsonInterval.OfGroups(episodes.GroupBy(episode => episode.TaskId).Select(task => (task.Count(holds), task.Count())), confidence);

    private static SolvedCurvePoint PointAt(int trial, EpisodeRecord[] episodes, double confidence) => new(
        trial,
        episodes.Count(episode => episode.Trials.Any(made => made.Number == trial)),
        episodes.Count(episode => episode.IsSolvedAfter(trial)),
        episodes.Length,
        Share(episodes, episode => episode.IsSolvedAfter(trial), confidence));
}
