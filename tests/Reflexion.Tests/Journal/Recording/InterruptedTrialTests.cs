using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>What is taken up of a trial that was in progress, and what is done again.</summary>
public class InterruptedTrialTests
{
    private readonly InMemoryEpisodeJournal _journal = new();
    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_failure_that_a_component_lived_with_is_not_asked_for_again()
    {
        int calls = 0;
        var model = new FunctionModel((_, _) => ++calls == 1 ? throw new TimeoutException("Too slow.") : new(ChatRole.Assistant, "Paris"));
        Task<Episode> Run(IEpisodeJournal journal) => new ReflexionAgentBuilder().UseChatClient(model)
            .UseActor(context => new StubbornActor(context.ChatClientOf(AgentComponent.Actor))).UseEvaluator(Agents.Wants("Paris"))
            .UseTimeProvider(_time).UseEpisodeIds(() => "e1").UseJournal(journal).Build().RunAsync(Agents.Question);

        // Start, recall, trial, failed call: then the process dies.
        await Run(new CutJournal(_journal, 4));
        calls.Should().Be(2);
        Episode resumed = await Run(_journal);

        calls.Should().Be(3, "only the call in flight is made again");
        resumed.Success.Should().BeTrue();
        resumed.Usage.Total.Should().Match<ComponentUsage>(used => used.Calls == 2 && used.FailedCalls == 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_world_that_cannot_be_replayed_starts_its_trial_again_and_says_so(bool replayable)
    {
        var model = new FunctionModel((messages, _) => new(ChatRole.Assistant, messages.Count(message => message.Role == ChatRole.Assistant) < 2 ? "Action: Look[]" : "Action: Finish[Paris]"));
        int made = 0;
        ReflexionAgent Build(IEpisodeJournal journal) => new ReflexionAgentBuilder().UseChatClient(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ =>
            {
                made++;
                return replayable ? new ScriptedEnvironment("Hall.").Otherwise(_ => new("A wall.")) : new UnreplayableWorld();
            })).UseEvaluator(Agents.Wants("Paris")).UseTimeProvider(_time).UseEpisodeIds(() => "e1").UseJournal(journal).Build();

        // Start, recall, trial, reset, call, step, call: the second step is lost.
        await Build(new CutJournal(_journal, 7)).RunAsync(Agents.Question);
        List<AgentEvent> events = await Build(_journal).EventsAsync();

        Episode episode = ((EpisodeEnded)events[^1]).Episode;
        episode.Trials.Should().ContainSingle().Which.Trajectory.Steps.Should().HaveCount(3);
        made.Should().Be(2);
        model.Calls.Should().HaveCount(replayable ? 3 : 5);
        episode.Usage.Total.Calls.Should().Be(replayable ? 3 : 5, "calls that cannot be used again were paid nevertheless");
        events.OfType<EpisodeResumed>().Should().ContainSingle().Which.Trials.Should().BeEmpty();
        events.OfType<TrialRestarted>().Select(restarted => restarted.Reason).Should().Equal(
            replayable ? [] : ["UnreplayableWorld is no IReplayableEnvironment, so it cannot be brought to where it was."]);
    }

    [Fact]
    public async Task A_world_that_answers_differently_restarts_the_trial_and_says_so()
    {
        var model = new FunctionModel((messages, _) => new(ChatRole.Assistant, messages.Count(message => message.Role == ChatRole.Assistant) < 3 ? "Action: Look[]" : "Action: Finish[Paris]"));
        int made = 0;
        ReflexionAgent Build(IEpisodeJournal journal) => new ReflexionAgentBuilder().UseChatClient(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ => new ScriptedEnvironment($"Hall.").Then("A wall.").Then($"Door {made++}").Then("A wall.")))
            .UseEvaluator(Agents.Wants("Paris")).UseTimeProvider(_time).UseEpisodeIds(() => "e1").UseJournal(journal).Build();

        // Start, recall, trial, reset, call, step, call, step, call.
        await Build(new CutJournal(_journal, 9)).RunAsync(Agents.Question);
        List<AgentEvent> events = await Build(_journal).EventsAsync();
        Episode episode = ((EpisodeEnded)events[^1]).Episode;

        events.OfType<TrialRestarted>().Should().Equal(new TrialRestarted(1, "StepCompleted differs from what is recorded in entry 7."));
        episode.Trials[0].Trajectory.Steps.Select(step => step.Observation?.Text).Should().Equal("A wall.", "Door 2", "A wall.", null);
        model.Calls.Should().HaveCount(3 + 4);
        episode.Usage.Total.Calls.Should().Be(7);
        EpisodeJson.Serialize((await Build(_journal).RunAsync(Agents.Question))).Should().Be(EpisodeJson.Serialize(episode));
    }

    [Fact]
    public async Task An_actor_that_ends_too_early_restarts_the_trial()
    {
        int trials = 0;
        ReflexionAgent Build(IEpisodeJournal journal) => Agents.Answering("Paris").UseActor(_ => new FakeActor((_, _) => Act(++trials))).UseJournal(journal).Build();
        static async IAsyncEnumerable<AgentEvent> Act(int trial)
        {
            await Task.CompletedTask;
            if (trial != 2)
            {
                yield return new StepCompleted(new() { Number = 1, Thought = "hm" });
            }

            yield return new ActorFinished(TrajectoryEnd.Answered, "Paris");
        }

        await Build(new CutJournal(_journal, 4)).RunAsync(Agents.Question);
        List<AgentEvent> events = await Build(_journal).EventsAsync();

        events.OfType<TrialRestarted>().Should().Equal(new TrialRestarted(1, "The actor ended before the steps that are recorded."));
        ((EpisodeEnded)events[^1]).Episode.Trials[0].Trajectory.Steps.Should().ContainSingle();
    }

    [Fact]
    public async Task Tools_that_hold_state_start_their_trial_again()
    {
        int looked = 0;
        var model = new FunctionModel((messages, _) => messages.Count(message => message.Role == ChatRole.Tool) < 2
            ? new(ChatRole.Assistant, [new FunctionCallContent("c", "look")])
            : new(ChatRole.Assistant, "Paris"));
        ReflexionAgent Build(IEpisodeJournal journal, bool hold) => new ReflexionAgentBuilder().UseChatClient(model)
            .UseActor(context => new ToolCallingActor(context.ChatClientOf(AgentComponent.Actor), [AIFunctionFactory.Create(() => ++looked, "look")], new() { ToolsHoldState = hold }))
            .UseEvaluator(Agents.Wants("Paris")).UseEpisodeIds(() => hold ? "held" : "free").UseJournal(journal).Build();

        // Start, recall, trial, call, tool, step, call, tool.
        foreach ((bool hold, int calls) in ((bool, int)[])[(false, 2), (true, 4)])
        {
            looked = 0;
            await Build(new CutJournal(_journal, 8), hold).RunAsync(Agents.Question);
            (await Build(_journal, hold).RunAsync(Agents.Question)).Success.Should().BeTrue();
            looked.Should().Be(calls);
        }
    }

    [Fact]
    public async Task An_approval_that_was_denied_is_not_asked_for_again()
    {
        int asked = 0;
        var model = new FunctionModel((messages, _) => messages.Any(message => message.Role == ChatRole.Tool)
            ? new(ChatRole.Assistant, "Paris") : new(ChatRole.Assistant, [new FunctionCallContent("c", "blast")]));
        ReflexionAgent Build(IEpisodeJournal journal) => new ReflexionAgentBuilder().UseChatClient(model)
            .UseActor(context => new ToolCallingActor(
                context.ChatClientOf(AgentComponent.Actor),
                [new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "boom", "blast"))],
                new() { Approve = (_, _) => new(++asked < 0) }))
            .UseEvaluator(Agents.Wants("Paris")).UseEpisodeIds(() => "e1").UseJournal(journal).Build();

        await Build(new CutJournal(_journal, 5)).RunAsync(Agents.Question);
        (await Build(_journal).RunAsync(Agents.Question)).Trials[0].Trajectory.Steps[0].Outcome.Should().Be(StepOutcome.ApprovalDenied);

        asked.Should().Be(1);
    }

    [Fact]
    public async Task What_cannot_be_written_as_JSON_fails_the_episode_by_the_journal()
    {
        var call = new FunctionCallContent("c", "look", new Dictionary<string, object?> { ["at"] = new Action(() => { }) });
        ReflexionAgent agent = new ReflexionAgentBuilder().UseChatClient(new FunctionModel((_, _) => new(ChatRole.Assistant, [call])))
            .UseEvaluator(Agents.Wants("Paris")).UseEpisodeIds(() => "e1").UseJournal(_journal).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.Failure!.Component.Should().Be(AgentComponent.Journal);
        episode.StopDetail.Should().StartWith("The Journal failed: A ModelCall of episode 'e1' cannot be written as JSON: ");
    }

    [Fact]
    public async Task What_a_client_attaches_to_a_reply_is_left_out()
    {
        int calls = 0;
        var model = new AttachingModel(() => ++calls);
        Task<Episode> Run(IEpisodeJournal journal) => new ReflexionAgentBuilder().UseChatClient(model).UseEvaluator(Agents.Wants("Paris"))
            .UseEpisodeIds(() => "e1").UseJournal(journal).Build().RunAsync(Agents.Question);

        await Run(new CutJournal(_journal, 4));
        (await Run(_journal)).Success.Should().BeTrue();

        calls.Should().Be(1);
        (await _journal.TextAsync("e1")).Should().NotContain("secret handle");
    }

    [Fact]
    public async Task A_stream_that_breaks_is_paid_and_asked_for_again()
    {
        int calls = 0;
        var model = new BreakingStream(() => ++calls == 1);
        ReflexionAgent agent = new ReflexionAgentBuilder().UseChatClient(model).UseEvaluator(Agents.Wants("Paris")).UseEpisodeIds(() => "e1").UseJournal(_journal).Build();

        List<AgentEvent> broken = await agent.EventsAsync();
        Episode resumed = ((EpisodeEnded)(await agent.EventsAsync())[^1]).Episode;

        ((EpisodeEnded)broken[^1]).Episode.Failure!.Message.Should().Be("The line is dead.");
        resumed.Success.Should().BeTrue();
        resumed.Usage.Total.Should().Match<ComponentUsage>(used => used.Calls == 2 && used.FailedCalls == 1);
    }

    /// <summary>Asks until there is a reply, as a client with a retry of its own would.</summary>
    private sealed class StubbornActor(IChatClient client) : IActor
    {
        public ActorPrompt CreatePrompt(AgentTask task) => new([new(PromptPartKind.Task, task.Instruction, TextIntegrity.Trusted)]);

        public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            IChatClient model = context.Run.Meter(client, AgentComponent.Actor);
            string? answer = null;
            while (answer is null)
            {
                try
                {
                    answer = (await model.GetResponseAsync(context.Prompt.ToMessages(), cancellationToken: cancellationToken)).Text;
                }
                catch (Exception fault) when (fault.Message == "Too slow.")
                {
                    answer = null;
                }
            }

            yield return new ActorFinished(TrajectoryEnd.Answered, answer);
        }
    }

    /// <summary>Attaches to its replies what no JSON can hold.</summary>
    private sealed class AttachingModel(Action called) : DelegatingChatClient(new FunctionModel((_, _) => new(ChatRole.Assistant, "Paris") { AdditionalProperties = new() { ["handle"] = new Action(() => { }) } }))
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            called();
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.AdditionalProperties = new() { ["handle"] = new[] { "secret handle" } };
            return response;
        }
    }

    /// <summary>Streams that break after their first piece while told to.</summary>
    private sealed class BreakingStream(Func<bool> breaks) : DelegatingChatClient(new FunctionModel((_, _) => new(ChatRole.Assistant, "Paris")))
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            bool isBroken = breaks();
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                yield return update;
                if (isBroken)
                {
                    throw new HttpRequestException("The line is dead.");
                }
            }
        }
    }

    private sealed class UnreplayableWorld : IAgentEnvironment
    {
        public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => new(new Observation("Hall."));

        public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken) => new(new Observation("A wall."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
