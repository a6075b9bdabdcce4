using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion;

/// <summary>Says what a reader must know to read the figures rightly.</summary>
internal static class AnalysisNotes
{
    internal static ImmutableArray<string> Of(ExperimentResult result, AnalysisOptions options, ImmutableArray<ArmComparison> comparisons)
    {
        var notes = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Shares have Wilson intervals and other figures BCa bootstrap intervals ({options.Bootstrap.Resamples} samples of whole tasks, seed {options.Bootstrap.Seed}), all at {100 * options.Bootstrap.Confidence:0.##} %."),
        };
        if (comparisons.Length > 1)
        {
            notes.Add($"{comparisons.Length} comparisons were made: go by the p-values adjusted by Holm's procedure. The intervals are not adjusted; about one in twenty of them misses at 95 %.");
        }

        if (result.Seeds.Length > 1)
        {
            notes.Add($"Each task was run with {result.Seeds.Length} seeds. Seeds of one task are alike, so intervals draw whole tasks, Wilson intervals are widened by the design effect, and McNemar's test takes a task as one group.");
        }

        AddMissing(notes, result, options);
        return [.. notes];
    }

    private static void AddMissing(List<string> notes, ExperimentResult result, AnalysisOptions options)
    {
        int unfinished = result.Outcomes[ExperimentOutcome.Unfinished];
        int errored = result.Outcomes[ExperimentOutcome.Errored];
        if (unfinished > 0)
        {
            notes.Add($"{unfinished} of {result.Episodes.Length} episodes are unfinished and count in no figure; a comparison leaves out both episodes of a pair where one is missing.");
        }

        if (errored > 0)
        {
            notes.Add(options.CountErrored
                ? $"{errored} of {result.Episodes.Length} episodes ended with an error and count as not solved."
                : $"{errored} of {result.Episodes.Length} episodes ended with an error and count in no figure; a comparison leaves out both episodes of a pair where one is missing.");
        }
    }
}
