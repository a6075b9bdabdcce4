using Reflexion;

namespace Experiments;

/// <summary>Where each arm stands, with its curve so far: what progress reports add up to.</summary>
internal sealed class Standing
{
    private readonly Dictionary<string, List<EpisodeRecord>> _ended = [];

    /// <summary>Counts the episode that a report is about.</summary>
    internal void Add(ExperimentProgress progress)
    {
        if (progress.Ended is { } ended)
        {
            EndedIn(ended.Arm).Add(ended);
        }
    }

    /// <summary>How many episodes of an arm had each outcome, those that none had left out.</summary>
    internal string OutcomesOf(string arm) =>
        string.Join(", ", EndedIn(arm).CountBy(episode => episode.Outcome).OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"));

    /// <summary>The shares solved after each trial, of the episodes that ended.</summary>
    internal string CurveOf(string arm) =>
        string.Join(" > ", SolvedCurve.Of(EndedIn(arm)).Select(point => $"{point.Share.Value:0 %}"));

    /// <summary>Pace and what is left, in a line.</summary>
    internal static string PaceOf(ExperimentProgress progress)
    {
        double minutes = Math.Max(progress.Elapsed.TotalMinutes, 1e-6);
        string remaining = progress is { Remaining: { } left, Running: > 0 } ? $", about {left:hh\\:mm\\:ss} left" : "";
        return $"{progress.Completed} of {progress.Total} episodes, {progress.Running} running, {progress.Completed / minutes:N0} episodes a minute, {progress.Usage.Tokens.TotalTokens / minutes / 60:N0} tokens a second, {progress.Elapsed:hh\\:mm\\:ss} gone{remaining}";
    }

    private List<EpisodeRecord> EndedIn(string arm) => _ended.TryGetValue(arm, out List<EpisodeRecord>? ended) ? ended : _ended[arm] = [];
}
