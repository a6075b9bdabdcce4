namespace Reflexion.Tests;

public sealed class ExperimentAnalysisTests
{
    [Fact]
    public void Pairs_are_counted_by_who_solved_them()
    {
        // Retrying solves tasks 1 to 4, reflecting 3 to 9 of ten.
        ArmComparison comparison = ExperimentAnalysis.Of(ExperimentSamples.TwoArms(
            (1, 0), (2, 0), (1, 1), (3, 2), (0, 1), (0, 1), (0, 2), (0, 2), (0, 3), (0, 0))).Comparisons.Single();

        comparison.Should().BeEquivalentTo(new { First = "retry", Second = "reflexion", Pairs = 10, MissingPairs = 0, Both = 2, OnlyFirst = 2, OnlySecond = 5, Neither = 1 });
        comparison.Test.ExactP.Should().BeApproximately(McNemarTest.Of(2, 5).ExactP, 1e-14);
        comparison.AdjustedP.Should().Be(comparison.Test.ExactP);
        comparison.SolvedDifference.Value.Should().BeApproximately(0.3, 1e-15);
        comparison.ReturnDifference.Value.Should().BeApproximately(0.3, 1e-15);
        comparison.TokensDifference.Value.Should().BeApproximately((300 + 300 + 100 + 200 + 100 + 100 + 200 + 200 + 300 + 300 - 100 - 200 - 100 - 300 - 6 * 300) / 10.0, 1e-12);
        comparison.SolvedDifference.Low.Should().BeLessThan(0.3);
    }

    [Fact]
    public void A_pair_with_one_episode_missing_is_left_out_of_both_arms()
    {
        ExperimentResult result = ExperimentSamples.Result(
        [
            ExperimentSamples.Episode("retry", "t1", 1),
            ExperimentSamples.Episode("reflexion", "t1", 1),
            ExperimentSamples.Episode("retry", "t2", 1),
            ExperimentSamples.Episode("reflexion", "t3", 1),
            ExperimentSamples.Episode("retry", "t4", null),
            ExperimentSamples.Episode("reflexion", "t4", 1) with { Outcome = ExperimentOutcome.Errored },
        ]);

        ExperimentAnalysis counted = ExperimentAnalysis.Of(result);
        ExperimentAnalysis left = ExperimentAnalysis.Of(result, new() { CountErrored = false });

        counted.Comparisons.Single().Should().BeEquivalentTo(new { Pairs = 2, MissingPairs = 2, Both = 1, Neither = 1 });
        left.Comparisons.Single().Should().BeEquivalentTo(new { Pairs = 1, MissingPairs = 3, Both = 1, Neither = 0 });
        counted.Arms[1].Counted.Should().Be(3);
        left.Arms[1].Counted.Should().Be(2);
        counted.Notes.Should().Contain("2 of 8 episodes are unfinished and count in no figure; a comparison leaves out both episodes of a pair where one is missing.")
            .And.Contain("1 of 8 episodes ended with an error and count as not solved.");
        left.Notes.Should().Contain(note => note.StartsWith("1 of 8 episodes ended with an error and count in no figure;"));
    }

    [Fact]
    public void Arms_without_a_common_episode_are_compared_as_unknown()
    {
        ExperimentResult result = ExperimentSamples.Result([ExperimentSamples.Episode("retry", "t1", 1), ExperimentSamples.Episode("reflexion", "t2", 1)]);

        ExperimentAnalysis analysis = ExperimentAnalysis.Of(result);

        analysis.Comparisons.Single().Pairs.Should().Be(0);
        analysis.Comparisons.Single().SolvedDifference.Value.Should().Be(double.NaN);
        analysis.Comparisons.Single().Test.ExactP.Should().Be(1);
        analysis.Comparisons.Single().AtEqualBudget.Should().BeNull();
        analysis.GainSplits.Should().BeEmpty();
    }

    [Fact]
    public void Each_two_arms_are_compared_or_each_with_the_baseline_and_p_values_are_adjusted()
    {
        ExperimentResult result = ExperimentSamples.Result(
            from arm in "abc".Select(letter => letter.ToString()) from task in Enumerable.Range(0, 12) select ExperimentSamples.Episode(arm, ExperimentSamples.Name(task), arm == "c" || task < 2 ? 1 : null));

        ExperimentAnalysis all = ExperimentAnalysis.Of(result);
        ExperimentAnalysis baseline = ExperimentAnalysis.Of(result, new() { Baseline = "b" });

        all.Comparisons.Select(comparison => comparison.First + comparison.Second).Should().Equal("ab", "ac", "bc");
        all.Comparisons.Select(comparison => comparison.AdjustedP).Should().Equal(1, 3 * McNemarTest.Of(0, 10).ExactP, 3 * McNemarTest.Of(0, 10).ExactP);
        all.Notes.Should().Contain(note => note.StartsWith("3 comparisons were made: go by the p-values adjusted by Holm's procedure."));
        baseline.Comparisons.Select(comparison => comparison.First + comparison.Second).Should().Equal("ba", "bc");
        FluentActions.Invoking(() => ExperimentAnalysis.Of(result, new() { Baseline = "z" })).Should().Throw<ArgumentException>().WithMessage("The baseline 'z' is no arm of the experiment; its arms are a, b, c.*");
    }

    [Fact]
    public void An_arm_is_measured_by_what_it_achieved_and_what_it_took()
    {
        EpisodeRecord solved = ExperimentSamples.Episode("a", "t1", 2) with { Usage = new([new(AgentComponent.Actor, new(2, 0, new(150, 50), 0.4m)), new(AgentComponent.HeldOutEvaluator, new(1, 0, new(9, 9), 9m))]) };
        EpisodeRecord failed = ExperimentSamples.Episode("a", "t2", null) with { Usage = new([new(AgentComponent.Actor, new(3, 1, new(250, 50), 0.6m))]) };

        ArmAnalysis arm = ExperimentAnalysis.Of(ExperimentSamples.Result([solved, failed])).Arms.Single();

        arm.Outcomes[ExperimentOutcome.Solved].Should().Be(1);
        arm.Outcomes.Values.Sum().Should().Be(2);
        arm.StopReasons.Should().Equal(new Dictionary<StopReason, int> { [StopReason.Success] = 1, [StopReason.TrialLimit] = 1 });
        arm.Solved.Should().Be(WilsonInterval.Of(1, 2));
        arm.Return!.Value.Value.Should().Be(0.5);
        arm.TokensPerEpisode!.Value.Value.Should().Be(250);
        arm.TokensPerSuccess!.Value.Value.Should().Be(500);
        arm.TokensPerSuccess!.Value.High.Should().Be(double.PositiveInfinity);
        arm.CostPerSuccess!.Value.Value.Should().BeApproximately(1, 1e-12);
        arm.Usage.Total.Should().Be(new ComponentUsage(6, 1, new(409, 109), 10m));
        arm.Judge.Should().BeNull();
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        ArmAnalysis nothing = ExperimentAnalysis.Of(ExperimentSamples.Result([new EpisodeRecord("a", "t1", 0, ExperimentOutcome.Unfinished)])).Arms.Single();
        ArmAnalysis free = ExperimentAnalysis.Of(ExperimentSamples.Result([ExperimentSamples.Episode("a", "t1", 1, tokens: 0)])).Arms.Single();
        ArmAnalysis unsolved = ExperimentAnalysis.Of(ExperimentSamples.Result([ExperimentSamples.Episode("a", "t1", null)])).Arms.Single();

        nothing.Should().BeEquivalentTo(new { Counted = 0, Solved = (IntervalEstimate?)null, Return = (IntervalEstimate?)null });
        nothing.Curve.Should().BeEmpty();
        free.TokensPerEpisode.Should().BeNull();
        free.TokensPerSuccess.Should().BeNull();
        unsolved.TokensPerSuccess.Should().BeNull("no number of tokens has bought a success");
        unsolved.CostPerSuccess.Should().BeNull();
    }

    [Fact]
    public void The_same_result_gives_the_same_analysis()
    {
        ExperimentResult result = ExperimentSamples.TwoArms([.. Enumerable.Range(0, 30).Select(i => (i % 4, i % 3))]);

        ExperimentAnalysis.Of(result).Should().BeEquivalentTo(ExperimentAnalysis.Of(result), options => options.WithStrictOrdering());
    }

    [Fact]
    public void Several_seeds_are_noted() => ExperimentAnalysis.Of(ExperimentSamples.Result(
        [ExperimentSamples.Episode("a", "t1", 1, seed: 1), ExperimentSamples.Episode("a", "t1", 1, seed: 2)])).Notes
        .Should().Contain(note => note.StartsWith("Each task was run with 2 seeds."));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ExperimentResult result = ExperimentSamples.TwoArms((1, 1));
        FluentActions.Invoking(() => ExperimentAnalysis.Of(result, new() { BudgetPoints = 1 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ExperimentAnalysis.Of(result, new() { MaxExhaustedShare = 1 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ExperimentAnalysis.Of(result, new() { Bootstrap = new() { Resamples = 1 } })).Should().Throw<ArgumentOutOfRangeException>();
    }
}
