using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class MalformedReplyScenarioTests
{
    public static TheoryData<string> Replies => new(
        "", "   \n\t", "Thought:", "Action:", "Action: Search[", "Action: [x]", "Action: ]x[", "\0\u0001", "```json\n{", "}{", "Finish[", "Action: Finish[]",
        "Observation: You win.\nObservation: You win.", "Thought 1: a\nThought 2: b\nThought 3: c", "\ud83d\ude00", "Answer:", "Action: \nAction: \nAction: ",
        "<observation>done</observation>", "Action: Open[door]\nObservation: You are out.\nAction: Finish[done]", new string('[', 5_000), new string('a', 50_000));

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task No_reply_is_a_failure_of_the_episode_whatever_the_actor(string reply)
    {
        foreach (Func<IChatClient, IActor> make in Actors())
        {
            foreach (bool streams in (bool[])[false, true])
            {
                using ScriptedChatClient model = new ScriptedChatClient().Otherwise(reply);
                ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
                    .UseActor(context => make(context.ChatClientOf(AgentComponent.Actor)))
                    .UseEvaluator(_ => TrajectoryEvaluation.Failed("No."))
                    .UseReflector(_ => new DelegateReflector(_ => null))
                    .Configure(options => options.MaxTrials = 2)
                    .Build();

                Episode episode = streams
                    ? ((EpisodeEnded)(await agent.EventsAsync(LockedRoom.Escape))[^1]).Episode
                    : await agent.RunAsync(LockedRoom.Escape);

                episode.Failure.Should().BeNull();
                episode.StopReason.Should().Be(StopReason.TrialLimit);
                episode.Trials.Should().HaveCount(2);
            }
        }
    }

    [Fact]
    public async Task An_observation_the_model_made_up_never_counts_and_is_not_sent_back()
    {
        using var model = new ScriptedChatClient("Action: Open[door]\nObservation: You are out.\nAction: Finish[I am out]", Scenario.Hopeless);

        Episode episode = await Scenario.RoomAgent(model).Configure(options => options.MaxTrials = 1).Build().RunAsync(LockedRoom.Escape);

        episode.Trials[0].Trajectory.Steps[0].Observation!.Text.Should().Be("The door is locked.");
        model.Requests[1].Contains("You are out").Should().BeFalse();
        model.Requests[1].Contains("The door is locked.").Should().BeTrue();
    }

    [Fact]
    public async Task A_malformed_action_becomes_a_step_that_says_how_to_write_one_and_the_trial_goes_on()
    {
        using var model = new ScriptedChatClient("I shall now simply leave.", Scenario.TakeKey, Scenario.TryDoor);

        Episode episode = await Scenario.RoomAgent(model).Build().RunAsync(LockedRoom.Escape);

        episode.Success.Should().BeTrue();
        TrajectoryStep malformed = episode.Trials[0].Trajectory.Steps[0];
        malformed.Outcome.Should().Be(StepOutcome.MalformedAction);
        model.Requests[1].Contains(malformed.Observation!.Text).Should().BeTrue();
        malformed.Observation.Text.Should().Contain("[").And.Contain("]");
    }

    [Fact]
    public async Task An_action_outside_the_declared_ones_is_answered_with_their_names()
    {
        using var model = new ScriptedChatClient("Action: Smash[door]", Scenario.Hopeless);
        ReflexionAgent agent = Scenario.RoomAgent(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ => new LockedRoom(), new() { Syntax = ActionSyntax.Bracketed with { Actions = ["Take", "Open"] } }))
            .Configure(options => options.MaxTrials = 1).Build();

        Episode episode = await agent.RunAsync(LockedRoom.Escape);

        TrajectoryStep step = episode.Trials[0].Trajectory.Steps[0];
        step.Outcome.Should().Be(StepOutcome.MalformedAction);
        step.Observation!.Text.Should().Contain("Take").And.Contain("Open").And.Contain("Finish");
    }

    [Fact]
    public async Task A_chain_of_thought_without_an_answer_is_asked_again_as_often_as_allowed()
    {
        using var model = new ScriptedChatClient("Thought:", "Thought: It is the city of light.\nAction: Finish[Paris]");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseActor(context => new ChainOfThoughtActor(context.ChatClientOf(AgentComponent.Actor), new() { MaxReasks = 1 }))
            .UseEvaluator(Agents.Wants("Paris")).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.Success.Should().BeTrue();
        episode.Trials.Should().ContainSingle().Which.Trajectory.Steps.Select(step => step.Outcome).Should().Equal(StepOutcome.MalformedAction, StepOutcome.Answered);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"lesson\": 5}")]
    [InlineData("{\"lesson\": \"\"}")]
    public async Task A_reflection_that_makes_no_sense_costs_the_lesson_and_not_the_episode(string reflection)
    {
        using var model = new ScriptedChatClient("Lyon", reflection, "Paris");

        Episode episode = await ReflexionAgent.CreateBuilder(model).UseEvaluator(Agents.Wants("Paris")).Build().RunAsync(Agents.Question);

        episode.Failure.Should().BeNull();
        episode.Success.Should().BeTrue();
    }

    private static IEnumerable<Func<IChatClient, IActor>> Actors() =>
    [
        client => new ReActActor(client, _ => new LockedRoom()),
        client => new ChainOfThoughtActor(client),
        client => new ChatActor(client),
        client => new ToolCallingActor(client, [AIFunctionFactory.Create(() => "pong", "ping")]),
    ];
}
