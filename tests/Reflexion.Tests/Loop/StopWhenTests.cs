namespace Reflexion.Tests;

public class StopWhenTests
{
    [Fact]
    public void No_improvement_counts_from_the_best_trial_so_far()
    {
        IStopCondition condition = StopWhen.NoImprovementFor(2);

        condition.Check(Progress(0.1, 0.3)).Should().BeNull();
        condition.Check(Progress(0.3, 0.1)).Should().BeNull();
        condition.Check(Progress(0.3, 0.1, 0.3)).Should().Be(new StopDecision(StopReason.NoImprovement, "The best score has not improved for 2 trials."));
        condition.Check(Progress(0.3, 0.1, 0.4)).Should().BeNull();
        condition.Check(Progress(0.3, 0.1, 0.4, 0.4, null))!.Reason.Should().Be(StopReason.NoImprovement);
    }

    [Fact]
    public void An_improvement_must_exceed_the_minimum_gain()
    {
        StopWhen.NoImprovementFor(1, minimumGain: 0.25).Check(Progress(0.25, 0.5)).Should().NotBeNull();
        StopWhen.NoImprovementFor(1, minimumGain: 0.25).Check(Progress(0.25, 0.75)).Should().BeNull();
    }

    [Fact]
    public void A_repeated_trajectory_names_the_trial_it_repeats()
    {
        IStopCondition condition = StopWhen.TrajectoryRepeats();

        condition.Check(Progress(("a", "x"), ("b", "x"))).Should().BeNull();
        condition.Check(Progress(("a", "x"), ("a", "y"))).Should().BeNull();
        condition.Check(Progress(("a", "x"), ("b", "x"), ("a", "x"))).Should()
            .Be(new StopDecision(StopReason.RepeatedTrajectory, "Trial 3 repeats trial 1 step for step."));
    }

    [Fact]
    public void Trajectories_of_different_length_or_answer_are_no_repetition()
    {
        Trajectory one = new() { End = TrajectoryEnd.Answered, Answer = "a" };
        Trajectory other = one with { Answer = "b" };
        Trajectory longer = one with { Steps = [new() { Number = 1 }] };

        StopWhen.TrajectoryRepeats().Check(Progress(one, other)).Should().BeNull();
        StopWhen.TrajectoryRepeats().Check(Progress(one, longer)).Should().BeNull();
        StopWhen.TrajectoryRepeats().Check(Progress(one, one with { })).Should().NotBeNull();
    }

    [Fact]
    public void Trials_tokens_and_time_are_limits_that_hold_when_reached()
    {
        StopWhen.TrialsReach(2).Check(Progress(0.0)).Should().BeNull();
        StopWhen.TrialsReach(2).Check(Progress(0.0, 0.0)).Should().Be(new StopDecision(StopReason.TrialLimit, "All 2 trials were made."));
        StopWhen.TokensReach(101).Check(Progress(0.0)).Should().BeNull();
        StopWhen.TokensReach(100).Check(Progress(0.0)).Should()
            .Be(new StopDecision(StopReason.Budget, "100 tokens were used; the episode was to stop at 100."));
        StopWhen.ElapsedReaches(TimeSpan.FromSeconds(11)).Check(Progress(0.0)).Should().BeNull();
        StopWhen.ElapsedReaches(TimeSpan.FromSeconds(10)).Check(Progress(0.0)).Should()
            .Be(new StopDecision(StopReason.Budget, "The episode has run for 00:00:10; it was to stop at 00:00:10."));
    }

    [Fact]
    public void Any_takes_the_first_that_holds_and_all_needs_every_one()
    {
        IStopCondition yes = StopWhen.Custom("yes", _ => true);
        IStopCondition also = StopWhen.Custom("also", _ => true);
        IStopCondition no = StopWhen.Custom("no", _ => false);

        StopWhen.Any(no, yes, also).Check(Progress(0.0)).Should().Be(new StopDecision(StopReason.Custom, "yes"));
        StopWhen.Any(no).Check(Progress(0.0)).Should().BeNull();
        StopWhen.Any().Check(Progress(0.0)).Should().BeNull();
        StopWhen.All(also, yes).Check(Progress(0.0)).Should().Be(new StopDecision(StopReason.Custom, "also"));
        StopWhen.All(yes, no).Check(Progress(0.0)).Should().BeNull();
        StopWhen.All().Check(Progress(0.0)).Should().BeNull();
    }

    [Fact]
    public void Senseless_limits_are_refused_at_the_door()
    {
        FluentActions.Invoking(() => StopWhen.TrialsReach(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.NoImprovementFor(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.NoImprovementFor(1, -0.1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.NoImprovementFor(1, 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.TokensReach(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.ElapsedReaches(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => StopWhen.Custom(" ", _ => true)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => StopWhen.Custom("x", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => StopWhen.Any(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => StopWhen.All(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => StopWhen.Any(StopWhen.Solved(), null!)).Should().Throw<ArgumentException>().WithMessage("A stop condition is null.*");
        FluentActions.Invoking(() => StopWhen.All(StopWhen.Solved(), null!)).Should().Throw<ArgumentException>().WithMessage("A stop condition is null.*");
        FluentActions.Invoking(() => StopWhen.Solved().Check(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task A_condition_added_to_an_agent_ends_its_episodes()
    {
        Episode episode = await Agents.Answering("Lyon", "Nice", "Nice").AddStopCondition(StopWhen.TrajectoryRepeats()).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.RepeatedTrajectory);
        episode.Trials.Should().HaveCount(3);
    }

    private static EpisodeProgress Progress(params double?[] scores) => Progress(
        [.. scores.Select((score, i) => new Trajectory { End = TrajectoryEnd.Answered, Answer = $"{i}" })],
        [.. scores.Select(score => score is { } value ? TrajectoryEvaluation.Failed("", value) : null)]);

    private static EpisodeProgress Progress(params (string Action, string Observation)[] steps) => Progress(
        [.. steps.Select(step => new Trajectory { End = TrajectoryEnd.StepLimit, Steps = [new() { Number = 1, Action = new(step.Action), Observation = new(step.Observation) }] })]);

    private static EpisodeProgress Progress(params Trajectory[] trajectories) => Progress(trajectories, new TrajectoryEvaluation?[trajectories.Length]);

    private static EpisodeProgress Progress(Trajectory[] trajectories, TrajectoryEvaluation?[] evaluations)
    {
        var usage = new UsageReport([new(AgentComponent.Actor, new(1, 0, new(60, 40), 0))]);
        return new(
            Agents.Question,
            [.. trajectories.Select((trajectory, i) => new Trial { Number = i + 1, Prompt = ActorPrompt.Empty, Trajectory = trajectory, Evaluation = evaluations[i] })],
            usage,
            TimeSpan.FromSeconds(10));
    }
}
