using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What one arm achieved and what it took.</summary>
public sealed record ArmAnalysis
{
    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>How many episodes had each outcome, zeros included; they add up to tasks × seeds.</summary>
    public required ImmutableSortedDictionary<ExperimentOutcome, int> Outcomes { get; init; }

    /// <summary>How many episodes ended for each reason; those not run are left out.</summary>
    public required ImmutableSortedDictionary<StopReason, int> StopReasons { get; init; }

    /// <summary>How many episodes the figures below count.</summary>
    public required int Counted { get; init; }

    /// <summary>The learning curve.</summary>
    public required ImmutableArray<SolvedCurvePoint> Curve { get; init; }

    /// <summary>The share of tasks solved at the end, with Wilson's interval; null where no episode counts.</summary>
    public IntervalEstimate? Solved { get; init; }

    /// <summary>The mean score of what was handed in, in [0,1]; null where no episode counts.</summary>
    public IntervalEstimate? Return { get; init; }

    /// <summary>Tokens an episode; null where none were counted.</summary>
    public IntervalEstimate? TokensPerEpisode { get; init; }

    /// <summary>
    /// All tokens over all tasks solved, the failures' tokens included; null where none were counted or none is solved. Its upper
    /// end is infinite where a sample of tasks may well hold none that is solved.
    /// </summary>
    public IntervalEstimate? TokensPerSuccess { get; init; }

    /// <summary>As <see cref="TokensPerSuccess"/>, for money; null where no cost is known.</summary>
    public IntervalEstimate? CostPerSuccess { get; init; }

    /// <summary>What the arm used, by component, all its episodes and held-out evaluation included.</summary>
    public required UsageReport Usage { get; init; }

    /// <summary>How far the agent's evaluator agrees with the held-out one; null where there is none.</summary>
    public JudgeAgreement? Judge { get; init; }

    internal static ArmAnalysis Of(string arm, IEnumerable<EpisodeRecord> episodes, AnalysisOptions options, ClusterBootstrap bootstrap)
    {
        EpisodeRecord[] all = [.. episodes];
        EpisodeRecord[] counted = [.. all.Where(options.Counts)];
        var analysis = new ArmAnalysis
        {
            Arm = arm,
            Outcomes = OutcomeCount.Of(all),
            StopReasons = all.Where(episode => episode.StopReason is not null).CountBy(episode => episode.StopReason!.Value).ToImmutableSortedDictionary(),
            Counted = counted.Length,
            Curve = SolvedCurve.Of(counted, options.Bootstrap.Confidence),
            Usage = new(all.SelectMany(episode => episode.Usage.ByComponent)),
            Judge = JudgeAgreement.Of(counted, bootstrap),
        };
        return counted.Length == 0 ? analysis : analysis.Measure(counted, options, bootstrap);
    }

    private ArmAnalysis Measure(EpisodeRecord[] counted, AnalysisOptions options, ClusterBootstrap bootstrap)
    {
        IntervalEstimate tokens = Ratio(TokensOf, _ => 1);
        return this with
        {
            Solved = SolvedCurve.Share(counted, IsSolved, options.Bootstrap.Confidence),
            Return = Ratio(episode => episode.Return, _ => 1),
            TokensPerEpisode = tokens.Value > 0 ? tokens : null,
            TokensPerSuccess = PerSuccess(TokensOf),
            CostPerSuccess = PerSuccess(episode => (double)episode.AgentUsage.Cost),
        };

        IntervalEstimate Ratio(Func<EpisodeRecord, double> over, Func<EpisodeRecord, double> under) => bootstrap.Estimate(
            [.. counted.GroupBy(episode => episode.TaskId).Select(task => new[] { task.Sum(over), task.Sum(under) })], sums => sums[0] / sums[1]);

        IntervalEstimate? PerSuccess(Func<EpisodeRecord, double> spent) =>
            Ratio(spent, episode => IsSolved(episode) ? 1 : 0) is { Value: > 0 and < double.PositiveInfinity } ratio ? ratio : null;
    }

    private static bool IsSolved(EpisodeRecord episode) => episode.Outcome == ExperimentOutcome.Solved;

    private static double TokensOf(EpisodeRecord episode) => episode.AgentUsage.Tokens.TotalTokens;
}
