using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Counts outcomes.</summary>
internal static class OutcomeCount
{
    /// <summary>How many episodes had each outcome, zeros included.</summary>
    internal static ImmutableSortedDictionary<ExperimentOutcome, int> Of(IEnumerable<EpisodeRecord> episodes)
    {
        Dictionary<ExperimentOutcome, int> counts = episodes.CountBy(episode => episode.Outcome).ToDictionary();
        return Enum.GetValues<ExperimentOutcome>().ToImmutableSortedDictionary(outcome => outcome, outcome => counts.GetValueOrDefault(outcome));
    }
}
