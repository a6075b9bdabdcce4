namespace Reflexion.Tests;

public class EnvironmentRewardEvaluatorTests
{
    [Theory]
    [InlineData(1, 1, true, "The environment gave a reward of 1. The trial ended because the environment ended it.")]
    [InlineData(0.25, 0.25, false, "The environment gave a reward of 0.25, and 1 is needed. The trial ended because the environment ended it.")]
    [InlineData(3, 1, true, "The environment gave a reward of 3. The trial ended because the environment ended it.")]
    [InlineData(-2, 0, false, "The environment gave a reward of -2, and 1 is needed. The trial ended because the environment ended it.")]
    public async Task The_score_is_the_reward_clamped(double reward, double score, bool success, string feedback)
    {
        TrajectoryEvaluation verdict = await new EnvironmentRewardEvaluator().EvaluateAsync(Rewarded(TrajectoryEnd.EnvironmentTerminal, reward));
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((score, success, feedback));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.49, false)]
    public async Task It_counts_as_solved_from_the_threshold(double reward, bool success) =>
        (await new EnvironmentRewardEvaluator(0.5).EvaluateAsync(Rewarded(TrajectoryEnd.StepLimit, reward))).Success.Should().Be(success);

    [Fact]
    public async Task Ten_tenths_make_a_whole() =>
        (await new EnvironmentRewardEvaluator().EvaluateAsync(Rewarded(TrajectoryEnd.EnvironmentTerminal, [.. Enumerable.Repeat(0.1, 10)]))).Success.Should().BeTrue();

    [Theory]
    [InlineData(TrajectoryEnd.Answered, "the agent gave its answer")]
    [InlineData(TrajectoryEnd.EnvironmentTerminal, "the environment ended it")]
    [InlineData(TrajectoryEnd.StepLimit, "the agent had used all the steps it may take")]
    [InlineData(TrajectoryEnd.Cycle, "the agent went in circles")]
    [InlineData(TrajectoryEnd.NoProgress, "the agent made no progress")]
    [InlineData(TrajectoryEnd.ContextLimit, "the conversation no longer fitted the model's context")]
    [InlineData(TrajectoryEnd.Budget, "the budget was used up")]
    [InlineData(TrajectoryEnd.Stopped, "it was stopped from outside")]
    [InlineData(TrajectoryEnd.Failed, "something failed")]
    [InlineData((TrajectoryEnd)99, "of 99")]
    public async Task The_feedback_says_how_the_trial_ended(TrajectoryEnd end, string words) =>
        (await new EnvironmentRewardEvaluator().EvaluateAsync(Rewarded(end, 0))).Feedback
            .Should().Be($"The environment gave a reward of 0, and 1 is needed. The trial ended because {words}.");

    [Fact]
    public async Task A_reward_that_is_no_number_is_an_error_of_the_environment() =>
        (await FluentActions.Awaiting(() => new EnvironmentRewardEvaluator().EvaluateAsync(Rewarded(TrajectoryEnd.StepLimit, double.NaN)))
            .Should().ThrowAsync<InvalidOperationException>()).WithMessage("*NaN*must give each observation a reward in [0,1]*");

    private static Trajectory Rewarded(TrajectoryEnd end, params double[] rewards) => new()
    {
        Steps = [.. rewards.Select((reward, i) => EvaluationSamples.Step(i + 1, "go", "done", reward: reward))],
        End = end,
    };
}
