using Reflexion.Testing;

namespace Reflexion.Tests;

public class StreamingScenarioTests
{
    [Fact]
    public async Task The_streamed_episode_equals_the_awaited_one()
    {
        using ScriptedChatClient first = Scenario.RoomModel(), second = Scenario.RoomModel();

        Episode awaited = await Scenario.RoomAgent(first).Build().RunAsync(LockedRoom.Escape);
        List<AgentEvent> events = await Scenario.RoomAgent(second).Build().EventsAsync(LockedRoom.Escape);

        Scenario.Text(((EpisodeEnded)events[^1]).Episode).Should().Be(Scenario.Text(awaited));
    }

    [Fact]
    public async Task Everything_in_the_episode_was_an_event_before()
    {
        using ScriptedChatClient model = Scenario.RoomModel();
        List<AgentEvent> events = await Scenario.RoomAgent(model).Build().EventsAsync(LockedRoom.Escape);
        Episode episode = ((EpisodeEnded)events[^1]).Episode;

        events.OfType<EpisodeEnded>().Should().ContainSingle();
        events[0].Should().Be(new EpisodeStarted("e1", LockedRoom.Escape));
        events.OfType<TrialEnded>().Select(ended => ended.Trial).Should().Equal(episode.Trials);
        events.OfType<StepCompleted>().Select(completed => completed.Step).Should().Equal(episode.Trials.SelectMany(trial => trial.Trajectory.Steps));
        events.OfType<TrialEvaluated>().Select(judged => (judged.Trial, judged.Evaluation)).Should().Equal(episode.Trials.Select(trial => (trial.Number, trial.Evaluation!)));
        events.OfType<LessonLearned>().Select(learned => learned.Lesson.Id).Should().Equal(episode.Trials[0].Lesson!.Id);
        events.OfType<TrialStarted>().Select(started => started.Prompt).Should().Equal(episode.Trials.Select(trial => trial.Prompt));
        events.OfType<LessonsRecalled>().Single().Lessons.Select(lesson => lesson.Id).Should().Equal(episode.Trials[1].RecalledLessonIds);
        events.OfType<PromptRewritten>().Single().Trial.Should().Be(2);
        events.OfType<EnvironmentReset>().Should().HaveCount(2);
        events.OfType<ActorFinished>().Should().BeEmpty("the loop keeps it to itself");
    }

    [Fact]
    public async Task The_text_deltas_of_the_actor_put_together_are_its_replies()
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        List<AgentEvent> events = await Scenario.RoomAgent(model).Build().EventsAsync(LockedRoom.Escape);

        string.Concat(events.OfType<ModelTextDelta>().Select(delta => delta.Text))
            .Should().Be(Scenario.TryDoor + Scenario.Hopeless + Scenario.TakeKey + Scenario.TryDoor);
        events.OfType<ModelTextDelta>().Count().Should().BeGreaterThan(4, "it streams in pieces");
    }

    [Fact]
    public async Task Events_come_in_the_order_of_the_loop()
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        List<AgentEvent> events = await Scenario.RoomAgent(model).Build().EventsAsync(LockedRoom.Escape);

        events.Where(happened => happened is not ModelTextDelta).Select(happened => happened.GetType().Name).Should().Equal(
            nameof(EpisodeStarted),
            nameof(TrialStarted), nameof(EnvironmentReset), nameof(StepCompleted), nameof(StepCompleted),
            nameof(TrialEvaluated), nameof(LessonLearned), nameof(TrialEnded),
            nameof(LessonsRecalled), nameof(PromptRewritten),
            nameof(TrialStarted), nameof(EnvironmentReset), nameof(StepCompleted), nameof(StepCompleted),
            nameof(TrialEvaluated), nameof(TrialEnded), nameof(EpisodeEnded));
    }

    [Fact]
    public async Task An_enumeration_left_early_makes_no_further_calls_and_disposes_the_environment()
    {
        using ScriptedChatClient model = Scenario.RoomModel();
        var room = new LockedRoom();
        ReflexionAgent agent = Scenario.RoomAgent(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ => room))
            .Build();

        await foreach (AgentEvent happened in agent.RunStreamingAsync(LockedRoom.Escape))
        {
            if (happened is StepCompleted)
            {
                break;
            }
        }

        model.RequestCount.Should().Be(1);
        room.IsDisposed.Should().BeTrue();
        (await agent.Memory.ExportAsync()).Lessons.Should().BeEmpty();
    }

    [Fact]
    public async Task A_failure_in_the_middle_still_ends_with_the_episode_and_keeps_the_steps_made()
    {
        using ScriptedChatClient model = new ScriptedChatClient(Scenario.TryDoor).ThenThrow(new InvalidOperationException("wrong key"));

        List<AgentEvent> events = await Scenario.RoomAgent(model).Build().EventsAsync(LockedRoom.Escape);

        Episode episode = events[^1].Should().BeOfType<EpisodeEnded>().Subject.Episode;
        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Component.Should().Be(AgentComponent.Actor);
        episode.Failure.Message.Should().Contain("wrong key");
        episode.Trials.Should().ContainSingle().Which.Trajectory.Steps.Should().ContainSingle();
        events.OfType<TrialEnded>().Should().ContainSingle();
    }
}
