namespace Reflexion;

/// <summary>Two arms compared at the same tasks with the same seeds. Differences are the second arm's figure minus the first's.</summary>
/// <remarks>
/// A pair of which either episode does not count is left out of both arms and counted in <see cref="MissingPairs"/>: harmless
/// where it was left out by chance, not where an arm's hard tasks are the ones missing. Intervals draw whole tasks with all their seeds.
/// </remarks>
public sealed record ArmComparison
{
    /// <summary>The first arm's name.</summary>
    public required string First { get; init; }

    /// <summary>The second arm's name.</summary>
    public required string Second { get; init; }

    /// <summary>How many pairs were compared.</summary>
    public required int Pairs { get; init; }

    /// <summary>How many pairs were left out because one or both episodes do not count.</summary>
    public required int MissingPairs { get; init; }

    /// <summary>Pairs that both arms solved.</summary>
    public required int Both { get; init; }

    /// <summary>Pairs that only the first arm solved.</summary>
    public required int OnlyFirst { get; init; }

    /// <summary>Pairs that only the second arm solved.</summary>
    public required int OnlySecond { get; init; }

    /// <summary>Pairs that neither arm solved.</summary>
    public int Neither => Pairs - Both - OnlyFirst - OnlySecond;

    /// <summary>McNemar's test; with several seeds a task its generalisation to groups.</summary>
    public required McNemarTest Test { get; init; }

    /// <summary>The exact p-value adjusted by Holm's procedure for all the comparisons of the analysis.</summary>
    public double AdjustedP { get; init; } = 1;

    /// <summary>The difference of the shares solved; NaN where there are no pairs, like the following.</summary>
    public required IntervalEstimate SolvedDifference { get; init; }

    /// <summary>The difference of the mean returns.</summary>
    public required IntervalEstimate ReturnDifference { get; init; }

    /// <summary>The difference of the mean tokens an episode.</summary>
    public required IntervalEstimate TokensDifference { get; init; }

    /// <summary>The comparison at equal budgets; null where no tokens were counted.</summary>
    public EqualBudgetComparison? AtEqualBudget { get; init; }

    internal static ArmComparison Of(ExperimentResult result, string first, string second, AnalysisOptions options, ClusterBootstrap bootstrap)
    {
        var pairs = ArmPairs.Of(result, first, second, options);
        return new()
        {
            First = first,
            Second = second,
            Pairs = pairs.Count,
            MissingPairs = pairs.Missing,
            Both = pairs.CountWhere(pair => pair.FirstSolved && pair.SecondSolved),
            OnlyFirst = pairs.CountWhere(pair => pair.FirstSolved && !pair.SecondSolved),
            OnlySecond = pairs.CountWhere(pair => !pair.FirstSolved && pair.SecondSolved),
            Test = McNemarTest.OfGroups(pairs.Tasks.Select(task => task.Count(pair => pair.FirstSolved) - task.Count(pair => pair.SecondSolved))),
            SolvedDifference = pairs.Mean(bootstrap, pair => pair.Difference(episode => episode.Outcome == ExperimentOutcome.Solved)),
            ReturnDifference = pairs.Mean(bootstrap, pair => pair.Difference(episode => episode.Return)),
            TokensDifference = pairs.Mean(bootstrap, pair => pair.Difference(episode => (double)episode.AgentUsage.Tokens.TotalTokens)),
            AtEqualBudget = EqualBudgetComparison.Of(pairs, options, bootstrap),
        };
    }
}
