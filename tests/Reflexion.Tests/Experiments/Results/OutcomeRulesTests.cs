namespace Reflexion.Tests;

public sealed class OutcomeRulesTests
{
    [Theory]
    [InlineData(TrajectoryEnd.Answered, "Rome", ExperimentOutcome.Failed)]
    [InlineData(TrajectoryEnd.Answered, " ", ExperimentOutcome.Invalid)]
    [InlineData(TrajectoryEnd.Answered, null, ExperimentOutcome.Invalid)]
    [InlineData(TrajectoryEnd.EnvironmentTerminal, null, ExperimentOutcome.Failed)]
    [InlineData(TrajectoryEnd.StepLimit, null, ExperimentOutcome.Halted)]
    [InlineData(TrajectoryEnd.Cycle, null, ExperimentOutcome.Halted)]
    [InlineData(TrajectoryEnd.NoProgress, null, ExperimentOutcome.Halted)]
    [InlineData(TrajectoryEnd.ContextLimit, null, ExperimentOutcome.Halted)]
    [InlineData(TrajectoryEnd.AwaitsTools, null, ExperimentOutcome.Invalid)]
    [InlineData(TrajectoryEnd.Budget, null, ExperimentOutcome.Budget)]
    [InlineData(TrajectoryEnd.Stopped, null, ExperimentOutcome.Unfinished)]
    [InlineData(TrajectoryEnd.Failed, null, ExperimentOutcome.Errored)]
    public void A_trial_judged_wrong_is_what_its_end_says(TrajectoryEnd end, string? answer, ExperimentOutcome outcome) =>
        Record(StopReason.TrialLimit, Trial(end, answer, TrajectoryEvaluation.Failed("No."))).Outcome.Should().Be(outcome);

    [Fact]
    public void A_trial_that_was_cut_off_while_nothing_could_be_read_is_invalid()
    {
        Trial trial = Trial(TrajectoryEnd.NoProgress, null, TrajectoryEvaluation.Failed("No."));
        trial = trial with { Trajectory = trial.Trajectory with { Steps = [new() { Number = 1, Outcome = StepOutcome.MalformedAction }] } };

        Record(StopReason.TrialLimit, trial).Outcome.Should().Be(ExperimentOutcome.Invalid);
    }

    [Theory]
    [InlineData(StopReason.Failed, ExperimentOutcome.Errored)]
    [InlineData(StopReason.Budget, ExperimentOutcome.Budget)]
    [InlineData(StopReason.Stopped, ExperimentOutcome.Unfinished)]
    [InlineData(StopReason.AwaitsTools, ExperimentOutcome.Invalid)]
    [InlineData(StopReason.TrialLimit, ExperimentOutcome.Failed)]
    [InlineData(StopReason.NoImprovement, ExperimentOutcome.Failed)]
    [InlineData(StopReason.RepeatedTrajectory, ExperimentOutcome.Failed)]
    [InlineData(StopReason.Custom, ExperimentOutcome.Failed)]
    public void Why_an_episode_stopped_comes_before_what_its_last_trial_came_to(StopReason stopped, ExperimentOutcome outcome) =>
        Record(stopped, Wrong(1)).Outcome.Should().Be(outcome);

    [Theory]
    [InlineData(StopReason.Failed, ExperimentOutcome.Errored)]
    [InlineData(StopReason.Budget, ExperimentOutcome.Budget)]
    [InlineData(StopReason.Stopped, ExperimentOutcome.Unfinished)]
    [InlineData(StopReason.AwaitsTools, ExperimentOutcome.Invalid)]
    [InlineData(StopReason.Custom, ExperimentOutcome.Errored)]
    public void A_trial_without_a_verdict_is_what_broke_it_off(StopReason stopped, ExperimentOutcome outcome)
    {
        EpisodeRecord record = Record(stopped, Trial(TrajectoryEnd.Answered, "Rome", null));

        record.Trials.Single().Outcome.Should().Be(outcome);
        record.Trials.Single().Score.Should().BeNull();
    }

    [Fact]
    public void A_success_is_solved_whatever_ended_the_episode() =>
        Record(StopReason.Failed, Trial(TrajectoryEnd.Answered, "Paris", TrajectoryEvaluation.Passed())).Outcome.Should().Be(ExperimentOutcome.Solved);

    [Fact]
    public void An_episode_without_trials_is_what_stopped_it()
    {
        Record(StopReason.Budget).Outcome.Should().Be(ExperimentOutcome.Budget);
        Record(StopReason.Failed).Outcome.Should().Be(ExperimentOutcome.Errored);
        Record(StopReason.Custom).Outcome.Should().Be(ExperimentOutcome.Failed);
    }

    [Theory]
    [InlineData(true, true, ExperimentOutcome.Solved)]
    [InlineData(true, false, ExperimentOutcome.Failed)]
    [InlineData(false, true, ExperimentOutcome.Solved)]
    [InlineData(false, false, ExperimentOutcome.Failed)]
    public void The_held_out_evaluator_has_the_last_word(bool seen, bool heldOut, ExperimentOutcome outcome)
    {
        Trial trial = Trial(TrajectoryEnd.Answered, "Paris", new(seen ? 1 : 0, seen, "")) with { HeldOutEvaluation = new(heldOut ? 1 : 0, heldOut, "") };

        Record(seen ? StopReason.Success : StopReason.TrialLimit, heldOut: true, trial).Outcome.Should().Be(outcome);
    }

    [Fact]
    public void What_is_handed_in_is_chosen_by_the_evaluator_the_agent_sees()
    {
        EpisodeRecord record = Record(
            StopReason.TrialLimit,
            heldOut: true,
            Trial(TrajectoryEnd.Answered, "a", new(0.2, false, ""), 1) with { HeldOutEvaluation = new(1, true, "") },
            Trial(TrajectoryEnd.Answered, "b", new(0.6, false, ""), 2) with { HeldOutEvaluation = new(0.3, false, "") });

        record.IsSolvedAfter(1).Should().BeTrue();
        record.IsSolvedAfter(2).Should().BeFalse("the agent took the second answer for the better one");
        record.Outcome.Should().Be(ExperimentOutcome.Failed);
        record.Return.Should().Be(0.3);
    }

    [Fact]
    public void A_gap_in_the_held_out_verdicts_is_an_error_that_says_so()
    {
        EpisodeRecord record = Record(StopReason.Success, heldOut: true, Trial(TrajectoryEnd.Answered, "Paris", TrajectoryEvaluation.Passed()));

        record.Outcome.Should().Be(ExperimentOutcome.Errored);
        record.Detail.Should().Be("The held-out evaluator gave no verdict on what the agent would hand in.");
        record.Return.Should().Be(0);
    }

    [Fact]
    public void Every_combination_of_ends_and_reasons_has_an_outcome() =>
        (from end in Enum.GetValues<TrajectoryEnd>()
         from stop in Enum.GetValues<StopReason>()
         from verdict in new[] { null, TrajectoryEvaluation.Passed(), TrajectoryEvaluation.Failed("No.") }
         from heldOut in Enumerable.Range(0, 2).Select(i => i == 0)
         select Record(stop, heldOut, Trial(end, null, verdict)).Outcome).Should().OnlyContain(outcome => Enum.IsDefined(outcome));

    [Fact]
    public void A_record_keeps_what_tables_need()
    {
        var usage = new UsageReport([new(AgentComponent.Actor, new(2, 1, new(70, 30), 0.5m)), new(AgentComponent.HeldOutEvaluator, new(1, 0, new(5, 5), 0.1m))]);
        Episode episode = Episode(StopReason.TrialLimit, Wrong(1) with { Usage = usage, Duration = TimeSpan.FromSeconds(3) }) with { Usage = usage, StopDetail = "All 1 trials were made." };

        var record = EpisodeRecord.Of("arm", 7, episode, judgedByHeldOut: false);

        record.Should().BeEquivalentTo(new { Arm = "arm", TaskId = "q1", Seed = 7, EpisodeId = "e1", Detail = "All 1 trials were made.", StopReason = StopReason.TrialLimit });
        record.AgentUsage.Should().Be(new ComponentUsage(2, 1, new(70, 30), 0.5m));
        record.Trials.Single().Usage.Should().Be(record.AgentUsage);
        record.Trials.Single().Duration.Should().Be(TimeSpan.FromSeconds(3));
        record.Episode.Should().BeSameAs(episode);
        EpisodeRecord.Of("arm", 7, episode, judgedByHeldOut: false, keepEpisode: false).Episode.Should().BeNull();
    }

    [Fact]
    public void Tokens_are_counted_by_completed_trials()
    {
        EpisodeRecord record = ExperimentSamples.Episode("arm", "t", solvedIn: 3, tokens: 100);

        record.TokensAfter(2).Should().Be(200);
        record.IsSolvedWithin(299).Should().BeFalse();
        record.IsSolvedWithin(300).Should().BeTrue();
        record.IsSolvedWithin(0).Should().BeFalse();
        FluentActions.Invoking(() => record.IsSolvedAfter(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static EpisodeRecord Record(StopReason stopped, params Trial[] trials) => Record(stopped, heldOut: false, trials);

    private static EpisodeRecord Record(StopReason stopped, bool heldOut, params Trial[] trials) => EpisodeRecord.Of("arm", 0, Episode(stopped, trials), heldOut);

    private static Episode Episode(StopReason stopped, params Trial[] trials) =>
        new() { Id = "e1", Task = Agents.Question, Strategy = ReflexionStrategy.Reflexion, Trials = [.. trials], StopReason = stopped };

    private static Trial Wrong(int number) => Trial(TrajectoryEnd.Answered, "Rome", TrajectoryEvaluation.Failed("No."), number);

    private static Trial Trial(TrajectoryEnd end, string? answer, TrajectoryEvaluation? verdict, int number = 1) =>
        new() { Number = number, Prompt = ActorPrompt.Empty, Trajectory = new() { End = end, Answer = answer }, Evaluation = verdict };
}
