namespace Reflexion.Tests;

public class HeuristicEvaluatorTests
{
    [Fact]
    public async Task A_clean_trajectory_passes()
    {
        TrajectoryEvaluation verdict = await new HeuristicEvaluator().EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((1, true, "Nothing in the trajectory looks wrong."));
        verdict.Evidence.Should().BeEmpty();
    }

    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(4, 0.5, false)]
    public async Task The_same_action_and_observation_more_than_three_times_is_repetition(int times, double score, bool success)
    {
        TrajectoryEvaluation verdict = await new HeuristicEvaluator().EvaluateAsync(Steps(times, i => ("look", "nothing")));
        (verdict.Score, verdict.Success).Should().Be((score, success));
        verdict.Feedback.Should().Be(success ? "Nothing in the trajectory looks wrong." : "The action 'look' led to the same observation 4 times; at most 3 are expected.");
    }

    [Fact]
    public async Task Repetition_is_found_with_other_steps_between() =>
        (await new HeuristicEvaluator().EvaluateAsync(Steps(8, i => (i % 2 == 0 ? "left" : "right", "wall")))).Feedback
            .Should().Be("The action 'left' led to the same observation 4 times; at most 3 are expected.");

    [Fact]
    public async Task The_same_action_with_other_observations_is_no_repetition() =>
        (await new HeuristicEvaluator().EvaluateAsync(Steps(10, i => ("look", $"{i}")))).Success.Should().BeTrue();

    [Fact]
    public async Task Steps_without_action_or_observation_are_not_compared()
    {
        Trajectory trajectory = EvaluationSamples.Answered("x") with
        {
            Steps = [.. Enumerable.Range(1, 8).Select(i => EvaluationSamples.Step(i, i % 2 == 0 ? "act" : null, i % 2 == 0 ? null : "seen"))],
        };
        (await new HeuristicEvaluator().EvaluateAsync(trajectory)).Success.Should().BeTrue();
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public async Task More_than_thirty_steps_are_too_many(int steps, bool success)
    {
        TrajectoryEvaluation verdict = await new HeuristicEvaluator().EvaluateAsync(Steps(steps, i => ($"go {i}", "ok")));
        verdict.Success.Should().Be(success);
        verdict.Score.Should().Be(success ? 1 : 0.5);
        verdict.Feedback.Should().Be(success ? "Nothing in the trajectory looks wrong." : "The trial took 31 steps; at most 30 are expected.");
    }

    [Theory]
    [InlineData(TrajectoryEnd.Answered, null, 0, "No answer was given.")]
    [InlineData(TrajectoryEnd.Answered, "  ", 0, "No answer was given.")]
    [InlineData(TrajectoryEnd.EnvironmentTerminal, null, 1, "Nothing in the trajectory looks wrong.")]
    [InlineData(TrajectoryEnd.StepLimit, "x", 0, "The trial was cut short because the agent had used all the steps it may take.")]
    [InlineData(TrajectoryEnd.Failed, null, 0, "No answer was given. The trial was cut short because something failed.")]
    public async Task A_missing_answer_and_an_early_end_are_found(TrajectoryEnd end, string? answer, double score, string feedback)
    {
        TrajectoryEvaluation verdict = await new HeuristicEvaluator().EvaluateAsync(new Trajectory { Answer = answer, End = end });
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((score, score == 1, feedback));
        string.Join(' ', verdict.Evidence).Should().Be(score == 1 ? "" : feedback);
    }

    [Fact]
    public async Task Penalties_add_up_to_at_most_the_whole_score()
    {
        var options = new HeuristicOptions { MaxRepeats = 1, MaxSteps = 1, RepetitionPenalty = 0.25, StepsPenalty = 0.125, UnfinishedPenalty = 0.5, RequiresAnswer = false };
        Trajectory bad = Steps(2, _ => ("look", "nothing")) with { End = TrajectoryEnd.Cycle, Answer = null };
        TrajectoryEvaluation verdict = await new HeuristicEvaluator(options).EvaluateAsync(bad);
        verdict.Score.Should().Be(0.125);
        verdict.Evidence.Should().Equal(
            "The action 'look' led to the same observation 2 times; at most 1 are expected.",
            "The trial took 2 steps; at most 1 are expected.",
            "The trial was cut short because the agent went in circles.");
        (await new HeuristicEvaluator(options with { UnfinishedPenalty = 1 }).EvaluateAsync(bad)).Score.Should().Be(0);
    }

    [Fact]
    public async Task A_finding_without_penalty_is_a_remark()
    {
        TrajectoryEvaluation verdict = await new HeuristicEvaluator(new() { NoAnswerPenalty = 0 }).EvaluateAsync(EvaluationSamples.Answered(null));
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((1, true, "No answer was given."));
    }

    [Fact]
    public async Task A_long_action_is_quoted_in_part() =>
        (await new HeuristicEvaluator().EvaluateAsync(Steps(4, _ => (new string('x', 300), "no")))).Feedback.Should().Contain(Excerpt.Of(new string('x', 300), 200));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Refuses(new() { MaxRepeats = 0 }, nameof(HeuristicOptions.MaxRepeats));
        Refuses(new() { MaxSteps = 0 }, nameof(HeuristicOptions.MaxSteps));
        Refuses(new() { RepetitionPenalty = -0.1 }, nameof(HeuristicOptions.RepetitionPenalty));
        Refuses(new() { StepsPenalty = 1.1 }, nameof(HeuristicOptions.StepsPenalty));
        Refuses(new() { NoAnswerPenalty = double.NaN }, nameof(HeuristicOptions.NoAnswerPenalty));
        Refuses(new() { UnfinishedPenalty = 2 }, nameof(HeuristicOptions.UnfinishedPenalty));
    }

    private static void Refuses(HeuristicOptions options, string name) =>
        FluentActions.Invoking(() => new HeuristicEvaluator(options)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);

    private static Trajectory Steps(int count, Func<int, (string Action, string Observation)> step) => EvaluationSamples.Answered("x") with
    {
        Steps = [.. Enumerable.Range(0, count).Select(i => EvaluationSamples.Step(i + 1, step(i).Action, step(i).Observation))],
    };
}
