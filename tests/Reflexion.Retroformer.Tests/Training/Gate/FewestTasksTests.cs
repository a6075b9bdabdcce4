using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class FewestTasksTests
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void A_policy_that_is_better_on_every_task_is_promoted_from_six_on(int tasks, bool expected)
    {
        double[] incumbent = [.. Enumerable.Range(0, tasks).Select(i => 0.1 * i / tasks)];
        double[] candidate = [.. incumbent.Select((value, i) => value + 0.2 + (0.01 * i))];

        new PromotionGate().Decide([.. Enumerable.Range(0, tasks).Select(i => $"task {i}")], incumbent, candidate).IsPromoted.Should().Be(expected);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.95, 6)]
    [InlineData(0.99, 8)]
    public void Chance_alone_decides_how_many(double confidence, int expected) => FewestTasks.For(confidence).Should().Be(expected);
}
