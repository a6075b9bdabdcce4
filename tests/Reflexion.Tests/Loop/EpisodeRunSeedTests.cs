namespace Reflexion.Tests;

public class EpisodeRunSeedTests
{
    private static readonly AgentTask Task = new("q1", "Where was Ada born?");

    [Fact]
    public void A_seed_is_always_the_same_so_that_recorded_runs_can_be_taken_up()
    {
        var run = new EpisodeRun(seed: 7);

        // The first eight bytes of SHA-256 of "7 1 2 q1" and "7 2 q1", without the sign.
        run.SeedFor(Task, 1, 2).Should().Be(7743220652177580457);
        run.SeedFor(Task, 2).Should().Be(217651626176992765);
    }

    [Fact]
    public void Other_runs_tasks_and_places_have_other_seeds()
    {
        var run = new EpisodeRun(seed: 7);

        new[] { run.SeedFor(Task), run.SeedFor(Task, 1), run.SeedFor(Task, 1, 2), run.SeedFor(Task, 2, 1), run.SeedFor(new("q2", "Where?"), 1, 2), new EpisodeRun(seed: 8).SeedFor(Task, 1, 2) }
            .Should().OnlyHaveUniqueItems().And.AllSatisfy(seed => seed.Should().BeGreaterThanOrEqualTo(0));
    }
}
