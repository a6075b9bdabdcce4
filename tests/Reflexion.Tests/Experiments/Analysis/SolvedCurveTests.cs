namespace Reflexion.Tests;

public sealed class SolvedCurveTests
{
    [Fact]
    public void A_curve_counts_who_is_solved_after_each_trial_and_who_still_tried()
    {
        SolvedCurvePoint[] curve =
        [
            .. SolvedCurve.Of(
            [
                ExperimentSamples.Episode("a", "t1", solvedIn: 1),
                ExperimentSamples.Episode("a", "t2", solvedIn: 3),
                ExperimentSamples.Episode("a", "t3", solvedIn: null, trials: 2),
                ExperimentSamples.Episode("a", "t4", solvedIn: null, trials: 4),
            ]),
        ];

        curve.Select(point => point.Trial).Should().Equal(1, 2, 3, 4);
        curve.Select(point => point.Solved).Should().Equal(1, 1, 2, 2);
        curve.Select(point => point.Attempted).Should().Equal(4, 3, 2, 1);
        curve.Should().OnlyContain(point => point.Episodes == 4);
        curve[2].Share.Should().Be(WilsonInterval.Of(2, 4));
    }

    [Fact]
    public void Seeds_of_one_task_widen_the_interval()
    {
        IEnumerable<EpisodeRecord> episodes = from task in Enumerable.Range(0, 20) from seed in Enumerable.Range(1, 2) select ExperimentSamples.Episode("a", ExperimentSamples.Name(task), task < 10 ? 1 : null, trials: 1, seed: seed);

        IntervalEstimate share = SolvedCurve.Of(episodes)[0].Share;

        share.Value.Should().Be(0.5);
        share.Low.Should().BeApproximately(WilsonInterval.Of(10, 20).Low, 1e-12);
    }

    [Fact]
    public void No_trials_have_no_curve()
    {
        SolvedCurve.Of([]).Should().BeEmpty();
        SolvedCurve.Of([new EpisodeRecord("a", "t", 0, ExperimentOutcome.Budget)]).Should().BeEmpty();
    }
}
