using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class FaultScenarioTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hundreds_of_seeded_episodes_all_end_in_a_typed_outcome(bool streams)
    {
        int failed = 0, solved = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Episode episode = await RunAsync(seed, streams);

            Enum.IsDefined(episode.StopReason).Should().BeTrue();
            (episode.Failure is not null).Should().Be(episode.StopReason == StopReason.Failed);
            episode.Trials.Select(trial => trial.Number).Should().Equal(Enumerable.Range(1, episode.Trials.Length));
            failed += episode.Failure is null ? 0 : 1;
            solved += episode.Success ? 1 : 0;
        }

        failed.Should().BePositive();
        solved.Should().BePositive();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_episode_and_another_one_another()
    {
        var outcomes = new HashSet<string>();
        for (int seed = 0; seed < 20; seed++)
        {
            string once = Scenario.Text(await RunAsync(seed, streams: true));
            Scenario.Text(await RunAsync(seed, streams: true)).Should().Be(once);
            outcomes.Add(once);
        }

        outcomes.Should().HaveCountGreaterThan(3);
    }

    [Fact]
    public async Task With_resilience_transient_faults_are_not_seen_by_the_episode()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            using var flaky = new FaultInjectingChatClient(Model(), FaultPlan.Even(seed, 0.3, FaultKind.RateLimited, FaultKind.ServerError, FaultKind.Unavailable, FaultKind.ConnectionReset) with { RetryAfter = TimeSpan.Zero });
            using IChatClient resilient = flaky.WithResilience(new()
            {
                MaxRetries = 20,
                BaseDelay = TimeSpan.FromTicks(1),
                MaxDelay = TimeSpan.FromTicks(1),
                CircuitBreaker = null,
            });

            Episode episode = await Scenario.RoomAgent(resilient).Build().RunAsync(LockedRoom.Escape);

            episode.Failure.Should().BeNull();
            episode.Success.Should().BeTrue();
            flaky.Calls.Should().Be(5 + flaky.Injected.Length);
        }
    }

    private static async Task<Episode> RunAsync(int seed, bool streams)
    {
        using var flaky = new FaultInjectingChatClient(Model(), FaultPlan.Even(seed, 0.3) with { TokenDelay = TimeSpan.Zero });
        ReflexionAgent agent = Scenario.RoomAgent(flaky).Build();
        return streams ? ((EpisodeEnded)(await agent.EventsAsync(LockedRoom.Escape))[^1]).Episode : await agent.RunAsync(LockedRoom.Escape);
    }

    /// <summary>As <see cref="Scenario.RoomModel"/>, by what is asked rather than by turn, since faults change the turns.</summary>
    private static ScriptedChatClient Model() => new ScriptedChatClient()
        .When(request => request.Contains("Write the reflection."), Scenario.Insight)
        .When(request => request.Contains("You hold the key."), Scenario.TryDoor)
        .When(request => request.Contains("take it first"), Scenario.TakeKey)
        .When(request => request.Contains("The door is locked."), Scenario.Hopeless)
        .Otherwise(Scenario.TryDoor);
}
