namespace Reflexion.Tests;

public class StopConditionScenarioTests
{
    [Fact]
    public async Task Of_several_conditions_that_hold_the_episode_names_one_and_makes_no_further_trial()
    {
        Episode episode = await Scores(0.2, 0.2, 0.2, 0.2)
            .AddStopCondition(StopWhen.Any(StopWhen.NoImprovementFor(2), StopWhen.TrajectoryRepeats()))
            .AddStopCondition(StopWhen.Custom("enough", progress => progress.Trials.Length == 3))
            .Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(3);
        episode.StopReason.Should().Be(StopReason.NoImprovement);
    }

    [Fact]
    public async Task All_waits_for_every_condition()
    {
        Episode episode = await Scores(0.5, 0.1, 0.1, 0.1, 0.1)
            .AddStopCondition(StopWhen.All(StopWhen.NoImprovementFor(1), StopWhen.TrialsReach(4)))
            .Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(4);
        episode.StopReason.Should().Be(StopReason.NoImprovement);
        episode.Best!.Number.Should().Be(1);
    }

    [Fact]
    public async Task An_improvement_starts_the_count_of_trials_without_one_anew()
    {
        Episode episode = await Scores(0.1, 0.1, 0.3, 0.3, 0.2, 0.9)
            .AddStopCondition(StopWhen.NoImprovementFor(2))
            .Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(5);
        episode.Best!.Number.Should().Be(3);
    }

    [Fact]
    public async Task Success_wins_over_every_other_condition_that_holds_at_once()
    {
        Episode episode = await Scores(0.1, 1)
            .Configure(options => options.MaxTrials = 2)
            .AddStopCondition(StopWhen.Custom("mine", progress => progress.Trials.Length == 2))
            .Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
    }

    [Fact]
    public async Task Small_gains_below_the_minimum_add_up_until_they_count()
    {
        Episode episode = await Scores(0.10, 0.14, 0.18, 0.22, 0.22, 0.22, 0.22)
            .AddStopCondition(StopWhen.NoImprovementFor(3, minimumGain: 0.1))
            .Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(7, "trial 4 is more than a tenth above trial 1, and three follow it without a gain");
        episode.StopReason.Should().Be(StopReason.NoImprovement);
    }

    [Fact]
    public async Task A_trial_that_repeats_an_earlier_one_step_for_step_ends_the_episode()
    {
        Episode episode = await Agents.Answering("Lyon", "Nice", "Lyon", "Paris")
            .AddStopCondition(StopWhen.TrajectoryRepeats())
            .Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(3);
        episode.StopReason.Should().Be(StopReason.RepeatedTrajectory);
        episode.StopDetail.Should().Contain("3").And.Contain("1");
    }

    [Fact]
    public async Task A_condition_that_throws_is_a_failure_that_names_it_and_keeps_the_trials()
    {
        Episode episode = await Scores(0.1, 0.2)
            .AddStopCondition(StopWhen.Custom("broken", _ => throw new InvalidOperationException("boom")))
            .Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Component.Should().Be(AgentComponent.StopCondition);
        episode.Trials.Should().ContainSingle();
        FluentActions.Invoking(episode.EnsureNotFailed).Should().Throw<EpisodeFailedException>();
    }

    [Fact]
    public async Task A_stop_asked_for_in_the_middle_keeps_the_best_trial_so_far()
    {
        using var stop = new CancellationTokenSource();
        Episode episode = await Scores(0.2, 0.6, 0.4, 0.5, 0.7)
            .AddStopCondition(StopWhen.Custom("never", progress =>
            {
                if (progress.Trials.Length == 3)
                {
                    stop.Cancel();
                }

                return false;
            }))
            .Build().RunAsync(Agents.Question, new() { StopToken = stop.Token });

        episode.StopReason.Should().Be(StopReason.Stopped);
        episode.Best!.Number.Should().Be(2);
        episode.Trials.Count(trial => trial.Evaluation is not null).Should().Be(3);
    }

    private static ReflexionAgentBuilder Scores(params double[] scores)
    {
        int trial = 0;
        return Agents.Answering("a", "b", "c", "d", "e", "f", "g", "h")
            .UseEvaluator(_ => new TrajectoryEvaluation(scores[trial], scores[trial++] >= 1, "Not yet."))
            .Configure(options => options.MaxTrials = scores.Length);
    }
}
