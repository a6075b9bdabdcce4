using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class EqualBudgetComparisonTests(ITestOutputHelper output)
{
    [Fact]
    public void Arms_are_cut_off_at_the_same_tokens()
    {
        // Reflecting solves as many tasks in as many trials, and each trial costs it twice the tokens.
        EqualBudgetComparison equal = Compare(
            ExperimentSamples.Episode("retry", "t1", 2, tokens: 100),
            ExperimentSamples.Episode("reflexion", "t1", 2, tokens: 200),
            ExperimentSamples.Episode("retry", "t2", 4, tokens: 100),
            ExperimentSamples.Episode("reflexion", "t2", 4, tokens: 200));

        equal.Points.Should().HaveCount(20);
        equal.Points[^1].Should().BeEquivalentTo(new { Tokens = 800L, FirstSolved = 1.0, SecondSolved = 1.0 });
        At(equal, 200).Should().BeEquivalentTo(new { FirstSolved = 0.5, SecondSolved = 0.0 });
        At(equal, 400).Should().BeEquivalentTo(new { FirstSolved = 1.0, SecondSolved = 0.5 });
        At(equal, 400).Difference.Value.Should().Be(-0.5);
        equal.Matched.Tokens.Should().Be(800, "no arm gave up");

        // Solved from 200 and 400 tokens on, against 400 and 800: (200 + 400) / 2 of 800 less.
        equal.MeanDifference.Value.Should().BeApproximately(-0.375, 1e-15);
    }

    [Fact]
    public void The_budget_at_which_arms_are_matched_ends_where_one_gives_up()
    {
        EpisodeRecord[] episodes =
        [
            .. Enumerable.Range(0, 10).SelectMany(i => new[]
            {
                ExperimentSamples.Episode("retry", ExperimentSamples.Name(i), i < 6 ? 1 : null, trials: 3, tokens: 100),
                ExperimentSamples.Episode("reflexion", ExperimentSamples.Name(i), i < 8 ? 3 : null, trials: 5, tokens: 150),
            }),
        ];

        EqualBudgetComparison equal = Compare(episodes);

        equal.Matched.Should().BeEquivalentTo(new { Tokens = 300L, FirstSolved = 0.6, SecondSolved = 0.0, FirstExhausted = 0.0, SecondExhausted = 0.0 });
        equal.Points[^1].Should().BeEquivalentTo(new { Tokens = 750L, FirstSolved = 0.6, SecondSolved = 0.8, FirstExhausted = 0.4, SecondExhausted = 0.0 });
        ExperimentAnalysis.Of(ExperimentSamples.Result(episodes), new() { MaxExhaustedShare = 0.45 }).Comparisons.Single().AtEqualBudget!.Matched.Tokens
            .Should().Be(750, "four of ten may have given up");
    }

    [Fact]
    public void What_failed_on_the_way_counts_as_not_solved_and_does_not_end_the_comparison()
    {
        EqualBudgetComparison equal = Compare(
            ExperimentSamples.Episode("retry", "t1", null, trials: 1, tokens: 10) with { Outcome = ExperimentOutcome.Errored },
            ExperimentSamples.Episode("reflexion", "t1", 2));

        equal.Matched.Should().BeEquivalentTo(new { Tokens = 200L, FirstSolved = 0.0, SecondSolved = 1.0, FirstExhausted = 0.0 });
    }

    [Fact]
    public void Without_tokens_there_is_no_comparison() => ExperimentAnalysis.Of(ExperimentSamples.Result(
        [ExperimentSamples.Episode("retry", "t1", 1, tokens: 0), ExperimentSamples.Episode("reflexion", "t1", 1, tokens: 0)])).Comparisons.Single().AtEqualBudget.Should().BeNull();

    [Fact]
    public void The_interval_at_a_matched_budget_holds_the_truth_in_93_to_97_percent_of_simulations()
    {
        // At 300 tokens retrying has had three tries at 0.3, reflecting one at 0.3 and a second at 0.5: 0.657 against 0.65.
        double coverage = Coverage.Of(100, random =>
        {
            EpisodeRecord retry = ExperimentSamples.Episode("retry", "t1", SolvedIn(random, 0.3, 0.3, 0.3), trials: 3, tokens: 100);
            EpisodeRecord reflexion = ExperimentSamples.Episode("reflexion", "t1", SolvedIn(random, 0.3, 0.5), trials: 2, tokens: 150);
            return ([new EpisodePair(retry, reflexion).Difference(episode => episode.IsSolvedWithin(300)), 1], 0.65 - 0.657);
        });

        output.WriteLine($"equal budget: coverage {coverage:0.0000} of {Coverage.Simulations} simulations of 100 tasks");
        coverage.Should().BeInRange(0.93, 0.97);
    }

    private static int? SolvedIn(Random random, params double[] chances)
    {
        int trial = Array.FindIndex(chances, chance => random.NextDouble() < chance);
        return trial < 0 ? null : trial + 1;
    }

    private static EqualBudgetComparison Compare(params EpisodeRecord[] episodes) => ExperimentAnalysis.Of(ExperimentSamples.Result(episodes)).Comparisons.Single().AtEqualBudget!;

    private static EqualBudgetPoint At(EqualBudgetComparison equal, long tokens) => equal.Points.Single(point => point.Tokens == tokens);
}
