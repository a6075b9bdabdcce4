using System.Collections.Immutable;

namespace Reflexion;

/// <summary>The statistics of an experiment: curves, comparisons, efficiency, where the gain comes from, how good the judges are.</summary>
public sealed record ExperimentAnalysis
{
    private ExperimentAnalysis()
    {
    }

    /// <summary>How it was analysed.</summary>
    public required AnalysisOptions Options { get; init; }

    /// <summary>Each arm on its own, in the experiment's order.</summary>
    public required ImmutableArray<ArmAnalysis> Arms { get; init; }

    /// <summary>Each two arms, or each arm with the baseline.</summary>
    public required ImmutableArray<ArmComparison> Comparisons { get; init; }

    /// <summary>The gain split of every learning arm that has a retrying arm of the same model and variant.</summary>
    public required ImmutableArray<GainSplit> GainSplits { get; init; }

    /// <summary>What a reader must know to read the figures rightly: one sentence or two each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>Analyses a result. Pure: the same result and options give the same figures everywhere.</summary>
    /// <param name="result">The result, complete or not.</param>
    /// <param name="options">How to analyse it; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the baseline is no arm of the experiment.</exception>
    public static ExperimentAnalysis Of(ExperimentResult result, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= new();
        options.Validate();
        var bootstrap = new ClusterBootstrap(options.Bootstrap);
        ImmutableArray<ArmComparison> comparisons = Adjusted([.. Pairs(result, options).Select(pair => ArmComparison.Of(result, pair.First, pair.Second, options, bootstrap))]);
        return new()
        {
            Options = options,
            Arms = [.. result.Arms.Select(arm => ArmAnalysis.Of(arm.Name, result.EpisodesOf(arm.Name), options, bootstrap))],
            Comparisons = comparisons,
            GainSplits = [.. Splits(result).Select(pair => GainSplit.Of(result, pair.Retrying, pair.Reflecting, options, bootstrap)).OfType<GainSplit>()],
            Notes = AnalysisNotes.Of(result, options, comparisons),
        };
    }

    private static IEnumerable<(string First, string Second)> Pairs(ExperimentResult result, AnalysisOptions options)
    {
        string[] arms = [.. result.Arms.Select(arm => arm.Name)];
        if (options.Baseline is { } baseline)
        {
            return arms.Contains(baseline)
                ? arms.Where(arm => arm != baseline).Select(arm => (baseline, arm))
                : throw new ArgumentException($"The baseline '{baseline}' is no arm of the experiment; its arms are {string.Join(", ", arms)}.", nameof(options));
        }

        return arms.SelectMany((first, i) => arms.Skip(i + 1).Select(second => (first, second)));
    }

    private static IEnumerable<(ExperimentArmInfo Retrying, ExperimentArmInfo Reflecting)> Splits(ExperimentResult result) =>
        from retrying in result.Arms
        where retrying.Strategy == ReflexionStrategy.Retry
        from reflecting in result.Arms
        where reflecting.Strategy != ReflexionStrategy.Retry && reflecting.Model == retrying.Model && reflecting.Variant == retrying.Variant
        select (retrying, reflecting);

    private static ImmutableArray<ArmComparison> Adjusted(ArmComparison[] comparisons)
    {
        ImmutableArray<double> adjusted = HolmAdjustment.Adjust(comparisons.Select(comparison => comparison.Test.ExactP));
        return [.. comparisons.Select((comparison, i) => comparison with { AdjustedP = adjusted[i] })];
    }
}
