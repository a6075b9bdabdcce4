using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class CassetteScenarioTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recorded_episode_replays_to_the_same_episode_in_every_field(bool streams)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("room.jsonl");
        using ScriptedChatClient model = Scenario.RoomModel();
        string recorded;
        using (IChatClient recorder = model.WithCassette(path, CassetteMode.Record))
        {
            recorded = Scenario.Text(await RunAsync(recorder, streams));
        }

        using var cassette = Cassette.Open(path);
        using var dead = new ScriptedChatClient();
        using IChatClient replay = dead.WithCassette(cassette, CassetteMode.Replay);
        string replayed = Scenario.Text(await RunAsync(replay, streams));

        replayed.Should().Be(recorded);
        replayed.Should().Contain("The door swings open.");
        cassette.AssertAllPlayed();
        dead.RequestCount.Should().Be(0);
    }

    [Fact]
    public async Task An_episode_that_met_a_fault_replays_to_the_same_failure()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("room.jsonl");
        using ScriptedChatClient model = new ScriptedChatClient(Scenario.TryDoor).ThenThrow(new HttpRequestException("wrong key", null, System.Net.HttpStatusCode.Unauthorized));
        Episode recorded;
        using (IChatClient recorder = model.WithCassette(path, CassetteMode.Record))
        {
            recorded = await RunAsync(recorder, false);
        }

        using IChatClient replay = new ScriptedChatClient().WithCassette(path, CassetteMode.Replay);
        Episode replayed = await RunAsync(replay, false);

        replayed.StopReason.Should().Be(StopReason.Failed).And.Be(recorded.StopReason);
        replayed.Failure!.Component.Should().Be(recorded.Failure!.Component);
        replayed.Failure.Exception.ToString().Should().Contain("wrong key");
        replayed.Trials[0].Trajectory.Steps.Should().Equal(recorded.Trials[0].Trajectory.Steps);
    }

    [Fact]
    public async Task An_agent_whose_prompt_has_changed_fails_with_the_difference_instead_of_calling_a_model()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("room.jsonl");
        using ScriptedChatClient model = Scenario.RoomModel();
        using (IChatClient recorder = model.WithCassette(path, CassetteMode.Record))
        {
            await RunAsync(recorder, false);
        }

        using IChatClient replay = new ScriptedChatClient().WithCassette(path, CassetteMode.Replay);
        Episode changed = await Scenario.RoomAgent(replay).Build().RunAsync(new AgentTask("room", "Leave the hall."));

        changed.StopReason.Should().Be(StopReason.Failed);
        changed.Failure!.Exception.Should().BeOfType<CassetteMismatchException>().Which.Difference.Should().Contain("hall");
    }

    private static async Task<Episode> RunAsync(IChatClient client, bool streams)
    {
        ReflexionAgent agent = Scenario.RoomAgent(client).Build();
        return streams ? ((EpisodeEnded)(await agent.EventsAsync(LockedRoom.Escape))[^1]).Episode : await agent.RunAsync(LockedRoom.Escape);
    }
}
