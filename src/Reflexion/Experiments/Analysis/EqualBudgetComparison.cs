using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Whether one arm beats another with the same tokens: does reflecting beat plain retrying when retrying gets the tokens of the reflections?</summary>
/// <remarks>
/// An episode counts as solved at a budget where the trials it had completed within that many tokens had solved it, reflections on
/// failed trials included. Beyond <see cref="Matched"/> too many episodes of an arm had used up their trials; to compare there, give
/// the arms more trials and the same <see cref="EpisodeBudget.MaxTokens"/>.
/// </remarks>
public sealed record EqualBudgetComparison
{
    /// <summary>The largest budget at which both arms can be compared, and the comparison there.</summary>
    public required EqualBudgetPoint Matched { get; init; }

    /// <summary>The mean difference over all budgets up to the matched one: the area between the curves, over the budget; in [−1,1].</summary>
    public required IntervalEstimate MeanDifference { get; init; }

    /// <summary>The comparison at evenly spaced budgets, up to the most that an episode used.</summary>
    public required ImmutableArray<EqualBudgetPoint> Points { get; init; }

    internal static EqualBudgetComparison? Of(ArmPairs pairs, AnalysisOptions options, ClusterBootstrap bootstrap)
    {
        long most = pairs.Tasks.SelectMany(task => task).Select(pair => Math.Max(TokensOf(pair.First), TokensOf(pair.Second))).DefaultIfEmpty().Max();
        if (most == 0)
        {
            return null;
        }

        int allowed = (int)(options.MaxExhaustedShare * pairs.Count);
        long matched = Math.Max(1, Math.Min(Limit(pairs, pair => pair.First, allowed, most), Limit(pairs, pair => pair.Second, allowed, most)));
        return new()
        {
            Matched = PointAt(matched, pairs, bootstrap),
            MeanDifference = pairs.Mean(bootstrap, pair => pair.Difference(episode => SolvedPart(episode, matched))),
            Points = [.. Enumerable.Range(1, options.BudgetPoints).Select(i => most * i / options.BudgetPoints).Where(tokens => tokens > 0).Distinct().Select(tokens => PointAt(tokens, pairs, bootstrap))],
        };
    }

    /// <summary>The largest budget below which no more than the allowed number of episodes had given up.</summary>
    private static long Limit(ArmPairs pairs, Func<EpisodePair, EpisodeRecord> arm, int allowed, long most) =>
        pairs.Tasks.SelectMany(task => task).Select(arm).Where(GaveUp).Select(TokensOf).Order().Skip(allowed).FirstOrDefault(most);

    private static EqualBudgetPoint PointAt(long tokens, ArmPairs pairs, ClusterBootstrap bootstrap) => new(
        tokens,
        Share(pairs, pair => pair.First.IsSolvedWithin(tokens)),
        Share(pairs, pair => pair.Second.IsSolvedWithin(tokens)),
        pairs.Mean(bootstrap, pair => pair.Difference(episode => episode.IsSolvedWithin(tokens))),
        Share(pairs, pair => GaveUp(pair.First) && TokensOf(pair.First) < tokens),
        Share(pairs, pair => GaveUp(pair.Second) && TokensOf(pair.Second) < tokens));

    private static double Share(ArmPairs pairs, Func<EpisodePair, bool> holds) => (double)pairs.CountWhere(holds) / pairs.Count;

    // What failed on the way did not give up: it counts as not solved at every budget.
    private static bool GaveUp(EpisodeRecord episode) => episode.Outcome is not (ExperimentOutcome.Solved or ExperimentOutcome.Errored);

    /// <summary>The part of the budgets up to a limit with which the episode was solved, in [0,1].</summary>
    private static double SolvedPart(EpisodeRecord episode, long limit)
    {
        long solved = 0;
        for (int i = 0; i < episode.Trials.Length; i++)
        {
            int trial = episode.Trials[i].Number;
            long until = i == episode.Trials.Length - 1 ? limit : Math.Min(limit, episode.TokensAfter(episode.Trials[i + 1].Number));
            solved += episode.IsSolvedAfter(trial) ? Math.Max(0, until - episode.TokensAfter(trial)) : 0;
        }

        return (double)solved / limit;
    }

    private static long TokensOf(EpisodeRecord episode) => episode.AgentUsage.Tokens.TotalTokens;
}
