using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

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
        (await _journal.TextAsync("e1")).Should().NotContain("\"Paris\"]", "a reference has no place in a journal");
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

    private sealed class DeadJournal : IEpisodeJournal
    {
        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");

        public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");

        public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default) => throw new IOException("The server is down.");
    }
}
