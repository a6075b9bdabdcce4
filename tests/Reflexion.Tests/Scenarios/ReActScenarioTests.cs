using Reflexion.Testing;

namespace Reflexion.Tests;

public class ReActScenarioTests
{
    [Fact]
    public async Task An_agent_that_fails_reflects_and_then_leaves_the_room()
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        Episode episode = await Scenario.RoomAgent(model).Build().RunAsync(LockedRoom.Escape);

        model.AssertAllPlayed();
        episode.Failure.Should().BeNull();
        episode.StopReason.Should().Be(StopReason.Success);
        episode.Trials.Select(trial => trial.Return).Should().Equal(0, 1);
        episode.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.Answered);
        episode.Trials[0].Trajectory.Steps.Select(step => step.Observation?.Text).First().Should().Be("The door is locked.");
        episode.Trials[1].Trajectory.End.Should().Be(TrajectoryEnd.EnvironmentTerminal);
        episode.Trials[1].Trajectory.Steps.Select(step => step.Action!.Text).Should().Equal("Take[key]", "Open[door]");
        episode.Trials[1].DeltaG.Should().Be(1);
        episode.Trials[0].Lesson!.Text.Should().Be("The door needs the key: take it first.");
        episode.Trials[0].Lesson!.RootCause.Should().Be("I had no key.");
        episode.Trials[1].RecalledLessonIds.Should().Equal(episode.Trials[0].Lesson!.Id);
    }

    [Fact]
    public async Task The_lesson_reaches_the_second_trial_outside_the_system_role_and_the_first_part_of_the_prompt_stays_the_same()
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        await Scenario.RoomAgent(model).Build().RunAsync(LockedRoom.Escape);

        ScriptedRequest first = model.Requests[0], retry = model.Requests[3];
        first.Contains("take it first").Should().BeFalse();
        retry.Contains("take it first").Should().BeTrue();
        retry.System.Should().Be(first.System).And.NotContain("take it first");
        retry.Messages[1].Text.Should().Be(first.Messages[1].Text);
    }

    [Fact]
    public async Task Each_trial_has_an_environment_of_its_own_which_is_disposed()
    {
        using ScriptedChatClient model = Scenario.RoomModel();
        var rooms = new List<LockedRoom>();
        ReflexionAgent agent = Scenario.RoomAgent(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ =>
            {
                rooms.Add(new());
                return rooms[^1];
            }))
            .Build();

        await agent.RunAsync(LockedRoom.Escape);

        rooms.Should().HaveCount(2).And.OnlyContain(room => room.IsDisposed);
    }

    [Fact]
    public async Task Usage_is_counted_per_component_and_adds_up_over_the_trials()
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        Episode episode = await Scenario.RoomAgent(model).Build().RunAsync(LockedRoom.Escape);

        episode.Usage.ByComponent[AgentComponent.Actor].Calls.Should().Be(4);
        episode.Usage.ByComponent[AgentComponent.Reflector].Calls.Should().Be(1);
        episode.Usage.Total.Calls.Should().Be(model.RequestCount);
        episode.Trials.Aggregate(default(ComponentUsage), (sum, trial) => sum + trial.Usage.Total).Should().Be(episode.Usage.Total);
    }

    [Fact]
    public async Task An_agent_that_turns_in_circles_is_ended_with_the_reason_and_reflects_on_it()
    {
        using var model = new ScriptedChatClient();
        model.Otherwise(Scenario.TryDoor);
        using var reflector = new ScriptedChatClient(Scenario.Insight);
        ReflexionAgent agent = Scenario.RoomAgent(model).UseChatClientFor(AgentComponent.Reflector, reflector).Configure(o => o.MaxTrials = 2).Build();

        Episode episode = await agent.RunAsync(LockedRoom.Escape);

        episode.Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.Trajectory.End == TrajectoryEnd.Cycle);
        episode.Trials[0].Trajectory.EndDetail.Should().NotBeNullOrWhiteSpace();
        reflector.AssertAllPlayed();
    }

    [Fact]
    public async Task A_later_episode_begins_with_what_an_earlier_one_learnt()
    {
        using var model = new ScriptedChatClient(Scenario.TryDoor, Scenario.Hopeless, Scenario.Insight, Scenario.TakeKey, Scenario.TryDoor, Scenario.TakeKey, Scenario.TryDoor);
        ReflexionAgent agent = Scenario.RoomAgent(model).UseEpisodeIds(new Queue<string>(["e1", "e2"]).Dequeue).Build();

        await agent.RunAsync(LockedRoom.Escape);
        Episode second = await agent.RunAsync(LockedRoom.Escape);

        second.Trials.Should().ContainSingle().Which.RecalledLessonIds.Should().ContainSingle();
        model.Requests[5].Contains("take it first").Should().BeTrue();
    }
}
