namespace Reflexion.Tests;

public sealed class ExperimentResultTests
{
    private static readonly ExperimentArmInfo[] Arms = [new("a", ReflexionStrategy.Retry), new("b", ReflexionStrategy.Reflexion)];
    private static readonly ExperimentTaskInfo[] Tasks = [new("t1"), new("t2")];

    [Fact]
    public void Every_arm_task_and_seed_has_a_record_whether_it_was_run_or_not()
    {
        var result = new ExperimentResult("e", Arms, Tasks, [1, 2, 3], [ExperimentSamples.Episode("b", "t2", solvedIn: 1, seed: 3)]);

        result.Episodes.Should().HaveCount(12);
        result.Outcomes.Should().HaveCount(7);
        result.Outcomes.Values.Sum().Should().Be(12);
        result.Outcomes[ExperimentOutcome.Solved].Should().Be(1);
        result.Outcomes[ExperimentOutcome.Unfinished].Should().Be(11);
        result.IsComplete.Should().BeFalse();
        result.Find("b", "t2", 3)!.Outcome.Should().Be(ExperimentOutcome.Solved);
        result.Find("a", "t2", 3)!.Detail.Should().Be("It was not run.");
        result.Find("c", "t2", 3).Should().BeNull();
        result.EpisodesOf("b").Should().HaveCount(6);
    }

    [Fact]
    public void Episodes_stand_in_the_order_of_arms_tasks_and_seeds_whatever_order_they_came_in()
    {
        EpisodeRecord[] episodes = [.. from seed in Enumerable.Range(1, 2).Reverse() from task in Tasks.Reverse() from arm in Arms.Reverse() select ExperimentSamples.Episode(arm.Name, task.Id, 1, seed: seed)];

        var result = new ExperimentResult("e", Arms, Tasks, [1, 2], episodes);

        result.Episodes.Select(episode => $"{episode.Arm} {episode.TaskId} {episode.Seed}")
            .Should().Equal("a t1 1", "a t1 2", "a t2 1", "a t2 2", "b t1 1", "b t1 2", "b t2 1", "b t2 2");
        result.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void What_is_missing_doubled_or_strange_is_refused()
    {
        FluentActions.Invoking(() => new ExperimentResult(" ", Arms, Tasks, [0], [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ExperimentResult("e", [], Tasks, [0], [])).Should().Throw<ArgumentException>().WithMessage("There are no arms.*");
        FluentActions.Invoking(() => new ExperimentResult("e", Arms, Tasks, [0, 0], [])).Should().Throw<ArgumentException>().WithMessage("'0' is listed twice among the seeds.*");
        FluentActions.Invoking(() => new ExperimentResult("e", [Arms[0], Arms[0]], Tasks, [0], [])).Should().Throw<ArgumentException>().WithMessage("'a' is listed twice among the arms.*");
        EpisodeRecord episode = ExperimentSamples.Episode("a", "t1", 1);
        FluentActions.Invoking(() => new ExperimentResult("e", Arms, Tasks, [0], [episode, episode]))
            .Should().Throw<ArgumentException>().WithMessage("There are two episodes of arm 'a' at task 't1' with seed 0.*");
        FluentActions.Invoking(() => new ExperimentResult("e", Arms, Tasks, [0], [episode with { TaskId = "t9" }]))
            .Should().Throw<ArgumentException>().WithMessage("An episode belongs to arm 'a', task 't9' and seed 0, and one of these is not listed.*");
    }
}
