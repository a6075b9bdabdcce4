namespace Reflexion.Tests;

public class TrajectoryEvaluationTests
{
    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void A_score_outside_its_range_is_refused(double score) =>
        FluentActions.Invoking(() => new TrajectoryEvaluation(score, true, "")).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A score lies in [0,1]; scale the metric*");

    [Fact]
    public void The_bounds_and_an_empty_feedback_are_in_range()
    {
        new TrajectoryEvaluation(0, false, "").Score.Should().Be(0);
        new TrajectoryEvaluation(1, false, "").Score.Should().Be(1);
        FluentActions.Invoking(() => new TrajectoryEvaluation(1, true, null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Shorthands_say_passed_and_failed()
    {
        (TrajectoryEvaluation.Passed().Score, TrajectoryEvaluation.Passed().Success, TrajectoryEvaluation.Passed().Feedback).Should().Be((1, true, "The task is solved."));
        TrajectoryEvaluation failed = TrajectoryEvaluation.Failed("no", 0.5);
        (failed.Score, failed.Success, failed.Feedback).Should().Be((0.5, false, "no"));
    }

    [Fact]
    public void A_lambda_evaluator_needs_a_lambda()
    {
        FluentActions.Invoking(() => new DelegateEvaluator((Func<EvaluationContext, TrajectoryEvaluation>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new DelegateEvaluator((Func<EvaluationContext, CancellationToken, ValueTask<TrajectoryEvaluation>>)null!)).Should().Throw<ArgumentNullException>();
    }
}
