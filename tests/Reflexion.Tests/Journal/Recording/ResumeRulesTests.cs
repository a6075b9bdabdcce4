using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>What a run that takes up another one may do, and what it must not.</summary>
public class ResumeRulesTests
{
    private readonly InMemoryEpisodeJournal _journal = new();
    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_run_under_the_id_of_another_task_is_refused()
    {
        ReflexionAgent agent = Agents.Answering("Paris").UseJournal(_journal).Build();
        await agent.RunAsync(Agents.Question);

        (await agent.Awaiting(it => it.RunAsync(new AgentTask("q2", "Who?"), new() { EpisodeId = "e1" })).Should().ThrowAsync<EpisodeMismatchException>())
            .WithMessage("The journal knows episode 'e1' as another one: its task is 'q1' and this run's 'q2'. Run it as it was recorded, or give this run an id of its own.")
            .Which.EpisodeId.Should().Be("e1");
    }

    [Fact]
    public async Task Every_option_that_decides_what_happens_is_compared()
    {
        await Agents.Answering("Paris").UseJournal(_journal).Build().RunAsync(Agents.Question, new() { References = ["Paris"] });
        ReflexionAgent changed = Agents.Answering("Paris").UseJournal(_journal).Configure(options =>
        {
            options.Name = "other";
            options.Strategy = ReflexionStrategy.Retry;
            options.MaxTrials = 2;
        }).Build();

        (await changed.Awaiting(it => it.RunAsync(new AgentTask("q1", "Where?"), new() { Tenant = "t", Seed = 3, References = ["Lyon"] })).Should().ThrowAsync<EpisodeMismatchException>())
            .WithMessage("*its agent is 'reflexion' and this run's 'other'; its strategy is 'Reflexion' and this run's 'Retry'; its tenant is '' and this run's 't'; its seed is '0' and this run's '3'; "
                + "its options is 'MaxTrials=5 *' and this run's 'MaxTrials=2 *'; its references' hash is '*' and this run's '*'; its task 'q1' has another instruction or context. *");
        (await TextAsync()).Should().NotContain("\"Paris\"]", "a reference has no place in a journal");
    }

    [Fact]
    public async Task A_budget_may_be_raised()
    {
        ReflexionAgent agent = Failing(new InvalidOperationException("It broke."), 1).Build();
        await agent.RunAsync(Agents.Question);

        (await agent.RunAsync(Agents.Question, new() { Budget = new() { MaxModelCalls = 1_000 } })).Success.Should().BeTrue();
    }

    [Fact]
    public async Task An_episode_that_failed_goes_on_and_asks_again()
    {
        ReflexionAgent agent = Failing(new HttpRequestException("The provider is down."), 2).Build();

        Episode first = await agent.RunAsync(Agents.Question);
        Episode second = await agent.RunAsync(Agents.Question);
        Episode third = await agent.RunAsync(Agents.Question);

        first.Failure!.Component.Should().Be(AgentComponent.Actor);
        first.Trials.Should().ContainSingle().Which.Trajectory.End.Should().Be(TrajectoryEnd.Failed);
        second.StopReason.Should().Be(StopReason.Failed);
        third.Success.Should().BeTrue();
        third.Trials.Should().ContainSingle();
        third.Usage.Total.Should().Match<ComponentUsage>(used => used.Calls == 3 && used.FailedCalls == 2, "what failed was paid as well");
        (await _journal.ReadEpisodeAsync("e1"))!.StopReason.Should().Be(StopReason.Success);
    }

    [Fact]
    public async Task An_episode_that_failed_is_read_with_the_trial_that_was_broken_off()
    {
        Episode failed = await Failing(new HttpRequestException("The provider is down."), 1).Build().RunAsync(Agents.Question);

        Episode read = (await _journal.ReadEpisodeAsync("e1"))!;

        EpisodeJson.Serialize(read).Should().Be(EpisodeJson.Serialize(failed));
        read.Failure!.Exception.Should().BeOfType<RecordedException>().Which.Should().Match<RecordedException>(
            fault => fault.TypeName == "System.Net.Http.HttpRequestException" && fault.Message == "The provider is down.");
    }

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

    [Fact]
    public async Task An_episode_that_was_stopped_goes_on()
    {
        using var stop = new CancellationTokenSource();
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").UseJournal(_journal)
            .UseReflector(new DelegateReflector(_ =>
            {
                stop.Cancel();
                return "Learn.";
            })).Build();

        Episode stopped = await agent.RunAsync(Agents.Question, new() { StopToken = stop.Token });
        Episode resumed = await agent.RunAsync(Agents.Question);

        stopped.StopReason.Should().Be(StopReason.Stopped);
        resumed.Success.Should().BeTrue();
        resumed.Trials.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        int calls = 0;
        var model = new FunctionModel((_, _) =>
        {
            if (++calls == 2)
            {
                cancel.Cancel();
                cancel.Token.ThrowIfCancellationRequested();
            }

            return new(ChatRole.Assistant, calls > 2 ? "Paris" : "Lyon");
        });
        ReflexionAgent agent = new ReflexionAgentBuilder().UseChatClient(model).UseEvaluator(Agents.Wants("Paris"))
            .Configure(options => options.Strategy = ReflexionStrategy.Retry).UseJournal(_journal).Build();

        await agent.Awaiting(it => it.RunAsync(Agents.Question, new() { EpisodeId = "e1" }, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
        Episode resumed = await agent.RunAsync(Agents.Question, new() { EpisodeId = "e1" });

        resumed.Success.Should().BeTrue();
        resumed.Trials.Should().HaveCount(2);
        calls.Should().Be(3);
        resumed.Usage.Total.Should().Match<ComponentUsage>(used => used.Calls == 3 && used.FailedCalls == 1);
    }

    [Fact]
    public async Task Of_two_runs_of_one_episode_the_later_one_takes_it_over()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        int acting = 0;
        ReflexionAgent agent = Agents.Answering("Paris").UseJournal(_journal).UseActor(_ => new FakeActor((_, _) => Act())).Build();
        async IAsyncEnumerable<AgentEvent> Act()
        {
            if (++acting == 1)
            {
                first.SetResult();
                await second.Task;
            }

            yield return new ActorFinished(TrajectoryEnd.Answered, "Paris");
        }

        Task<Episode> slow = agent.RunAsync(Agents.Question);
        await first.Task;
        Episode taken = await agent.RunAsync(Agents.Question);
        second.SetResult();

        taken.Success.Should().BeTrue();
        Episode lost = await slow;
        lost.StopReason.Should().Be(StopReason.Failed);
        lost.Failure!.Component.Should().Be(AgentComponent.Journal);
        lost.Failure.Exception.Should().BeOfType<JournalConflictException>();
        lost.StopDetail.Should().Be("The Journal failed: Entry 3 of episode 'e1' is not the next one: another run is writing the same episode. Leave it to that one, or run it again when that one has ended.");
        (await _journal.ReadEpisodeAsync("e1"))!.Success.Should().BeTrue();
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
    public async Task Time_nobody_ran_is_not_counted()
    {
        ReflexionAgent Build(IEpisodeJournal journal) => Agents.Answering("Lyon", "Paris").UseJournal(journal).UseTimeProvider(_time)
            .UseEvaluator(context =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                return Agents.Wants("Paris")(context);
            }).Build();

        // The second trial ends with its actor; its evaluation is lost after a minute.
        await Build(new CutJournal(_journal, 11)).RunAsync(Agents.Question);
        _time.Advance(TimeSpan.FromDays(3));
        Episode resumed = await Build(_journal).RunAsync(Agents.Question);

        resumed.StartedAt.Should().Be(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        resumed.Duration.Should().Be(TimeSpan.FromMinutes(2), "what was lost with the process is not known to have taken time");
        resumed.Trials.Select(trial => trial.Duration).Should().Equal(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_time_an_episode_may_run_is_what_earlier_runs_left()
    {
        ReflexionAgent Build(IEpisodeJournal journal) => Agents.Answering("Lyon").UseJournal(journal).UseTimeProvider(_time)
            .UseEvaluator(context =>
            {
                _time.Advance(TimeSpan.FromMinutes(20));
                return Agents.Wants("Paris")(context);
            }).Build();
        var options = new EpisodeOptions { Budget = new() { MaxDuration = TimeSpan.FromMinutes(30) } };

        await Build(new CutJournal(_journal, 16)).RunAsync(Agents.Question, options);
        Episode resumed = await Build(_journal).RunAsync(Agents.Question, options);

        resumed.StopReason.Should().Be(StopReason.Budget);
        resumed.StopDetail.Should().StartWith("The episode has run for the 00:30:00 it may;");
    }

    [Fact]
    public async Task A_shared_budget_is_charged_with_what_was_used_before()
    {
        ReflexionAgent agent = Failing(new HttpRequestException("Down."), 1).Build();
        await agent.RunAsync(Agents.Question);
        var shared = new BudgetLedger(new());

        await agent.RunAsync(Agents.Question, new() { SharedBudget = shared });

        shared.Snapshot().Total.Calls.Should().Be(2);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_ends_the_episode_before_it_costs_anything()
    {
        Episode episode = await Agents.Answering("Paris").UseJournal(new DeadJournal()).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Trials.Should().BeEmpty();
        episode.StopDetail.Should().Be("The Journal failed: Episode 'e1' could not be read from the journal: The server is down.");
    }

    [Fact]
    public async Task An_episode_recorded_by_a_newer_release_is_refused()
    {
        await _journal.AppendAsync(new("e1", 0, 0, JournalEntryKind.EpisodeStarted, DateTimeOffset.UnixEpoch, """{"version":2,"news":true}"""));

        Episode episode = await Agents.Answering("Paris").UseJournal(_journal).Build().RunAsync(Agents.Question);

        episode.StopDetail.Should().Contain("Episode 'e1', entry 0: The episode is recorded in version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.");
        episode.Failure!.Exception.InnerException.Should().BeOfType<EpisodeFormatException>();
    }

    [Theory]
    [InlineData(JournalEntryKind.StepCompleted, 0, "{}", "An episode begins with EpisodeStarted at 0; the beginning of this one is lost.")]
    [InlineData(JournalEntryKind.EpisodeStarted, 0, """{"version":1}""", "The entry of kind EpisodeStarted is damaged (*). A newer release of Reflexion may have written it; use that one, or run the task under another id.")]
    [InlineData(JournalEntryKind.EpisodeStarted, 0, "{}", "The episode is recorded in version 0, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    public async Task A_damaged_beginning_is_named(JournalEntryKind kind, long sequence, string payload, string problem)
    {
        await _journal.AppendAsync(new("e1", sequence, 0, kind, DateTimeOffset.UnixEpoch, payload));

        (await _journal.Awaiting(it => it.ReadEpisodeAsync("e1").AsTask()).Should().ThrowAsync<EpisodeFormatException>()).WithMessage($"Episode 'e1', entry 0: {problem}");
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
        (await TextAsync()).Should().NotContain("secret handle");
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

    [Fact]
    public async Task A_container_provides_the_journal()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEpisodeJournal>(_journal)
            .AddReflexion(builder => builder.UseActor(FakeActor.Answering(_ => "Paris")).UseReflector(new DelegateReflector(_ => null)).UseEvaluator(Agents.Wants("Paris")))
            .BuildServiceProvider();

        Episode episode = await services.GetRequiredService<ReflexionAgent>().RunAsync(Agents.Question);

        (await _journal.ReadEpisodeAsync(episode.Id))!.Success.Should().BeTrue();
    }

    [Fact]
    public async Task A_reflective_client_returns_the_recorded_answer()
    {
        int calls = 0;
        IChatClient client = new FunctionModel((_, _) => new(ChatRole.Assistant, ++calls == 1 ? "Lyon" : "Paris"))
            .WithReflexion(builder => builder.UseEvaluator(Agents.Wants("Paris")).UseReflector(new DelegateReflector(_ => "Learn.")).UseJournal(_journal), _ => new() { EpisodeId = "request 7" });

        ChatResponse first = await client.GetResponseAsync("What is the capital of France?");
        ChatResponse again = await client.GetResponseAsync("What is the capital of France?");

        calls.Should().Be(2);
        again.Text.Should().Be("Paris").And.Be(first.Text);
        again.GetEpisode()!.Trials.Should().HaveCount(2);
    }

    private ReflexionAgentBuilder Failing(Exception fault, int times)
    {
        int calls = 0;
        return new ReflexionAgentBuilder().UseChatClient(new FunctionModel((_, _) => ++calls <= times ? throw fault : new(ChatRole.Assistant, "Paris")))
            .UseEvaluator(Agents.Wants("Paris")).UseEpisodeIds(() => "e1").UseJournal(_journal).UseTimeProvider(_time);
    }

    private async Task<string> TextAsync()
    {
        var payloads = new List<string>();
        await foreach (JournalEntry entry in _journal.ReadAsync("e1"))
        {
            payloads.Add(entry.Payload);
        }

        return string.Join('\n', payloads);
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

    private sealed class DeadJournal : IEpisodeJournal
    {
        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");

        public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");

        public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");
    }
}
