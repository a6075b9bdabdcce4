namespace Reflexion;

/// <summary>How far the evaluator an agent sees agrees with the held-out one, over all trials that both judged.</summary>
/// <remarks>Trials of one task are alike, so the intervals draw whole tasks; those in <see cref="Counts"/> take trials for independent.</remarks>
public sealed record JudgeAgreement
{
    /// <summary>The confusion matrix: "judged" is the agent's evaluator, "labelled" the held-out one.</summary>
    public required JudgeCalibration Counts { get; init; }

    /// <summary>The share of trials on which they agree.</summary>
    public required IntervalEstimate Agreement { get; init; }

    /// <summary>Cohen's κ; null where it is not defined.</summary>
    public IntervalEstimate? Kappa { get; init; }

    /// <summary>Of the trials that are not solved, the share taken for solved: the agent stops too early. Null where all are solved.</summary>
    public IntervalEstimate? FalsePositiveRate { get; init; }

    /// <summary>Of the trials that are solved, the share taken for unsolved: the agent spends for nothing. Null where none is solved.</summary>
    public IntervalEstimate? FalseNegativeRate { get; init; }

    /// <summary>Measures agreement.</summary>
    /// <param name="episodes">The episodes of one arm.</param>
    /// <param name="bootstrap">How to draw intervals; null for the defaults.</param>
    /// <returns>The agreement, or null where no trial was judged by both.</returns>
    public static JudgeAgreement? Of(IEnumerable<EpisodeRecord> episodes, ClusterBootstrap? bootstrap = null)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        bootstrap ??= new();
        (bool Judged, bool Labelled)[][] tasks =
        [
            .. episodes.GroupBy(episode => episode.TaskId).Select(task => task.SelectMany(PairsOf).ToArray()).Where(pairs => pairs.Length > 0),
        ];
        if (tasks.Length == 0)
        {
            return null;
        }

        double[][] sums = [.. tasks.Select(CountsOf)];
        return new()
        {
            Counts = JudgeCalibration.FromPairs(tasks.SelectMany(pairs => pairs)),
            Agreement = bootstrap.Estimate(sums, sum => (sum[0] + sum[3]) / sum.Sum()),
            Kappa = Defined(bootstrap.Estimate(sums, KappaOf)),
            FalsePositiveRate = Defined(bootstrap.Estimate(sums, sum => sum[1] / (sum[1] + sum[3]))),
            FalseNegativeRate = Defined(bootstrap.Estimate(sums, sum => sum[2] / (sum[2] + sum[0]))),
        };
    }

    private static IEnumerable<(bool, bool)> PairsOf(EpisodeRecord episode) =>
        episode.Trials.Where(trial => trial is { Score: not null, HeldOutSuccess: not null }).Select(trial => (trial.Success, trial.HeldOutSuccess!.Value));

    // True and false positives, false and true negatives.
    private static double[] CountsOf((bool Judged, bool Labelled)[] pairs) =>
        [pairs.Count(pair => pair is (true, true)), pairs.Count(pair => pair is (true, false)), pairs.Count(pair => pair is (false, true)), pairs.Count(pair => pair is (false, false))];

    // Cohen 1960; 0/0, which is NaN, where chance agrees fully.
    private static double KappaOf(double[] sum)
    {
        double count = sum.Sum();
        double judged = (sum[0] + sum[1]) / count;
        double labelled = (sum[0] + sum[2]) / count;
        double chance = judged * labelled + (1 - judged) * (1 - labelled);
        return ((sum[0] + sum[3]) / count - chance) / (1 - chance);
    }

    private static IntervalEstimate? Defined(IntervalEstimate estimate) => double.IsNaN(estimate.Value) ? null : estimate;
}
