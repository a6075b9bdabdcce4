using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>How episodes end when something goes wrong, runs out or is asked to stop.</summary>
public class EndingTests
{
    [Theory]
    [InlineData(AgentComponent.Actor)]
    [InlineData(AgentComponent.Evaluator)]
    [InlineData(AgentComponent.Reflector)]
    [InlineData(AgentComponent.RetrospectiveModel)]
    [InlineData(AgentComponent.Memory)]
    [InlineData(AgentComponent.StopCondition)]
    public async Task A_component_that_throws_ends_the_episode_and_is_named(AgentComponent component)
    {
        var fault = new InvalidOperationException("It broke.");
        ReflexionAgentBuilder builder = Agents.Answering("Lyon");
        _ = component switch
        {
            AgentComponent.Actor => builder.UseActor(_ => FakeActor.Answering(_ => throw fault)),
            AgentComponent.Evaluator => builder.UseEvaluator(new DelegateEvaluator(_ => throw fault)),
            AgentComponent.Reflector => builder.UseReflector(_ => new DelegateReflector(_ => throw fault)),
            AgentComponent.RetrospectiveModel => builder.UseRetrospectiveModel(_ => new ThrowingRetrospectiveModel(fault)),
            AgentComponent.Memory => builder.UseLessonGuard(new ThrowingGuard(fault)),
            _ => builder.AddStopCondition(StopWhen.Custom("x", _ => throw fault)),
        };

        Episode episode = await builder.Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure.Should().Be(new EpisodeFailure(component, "It broke.", fault));
        episode.StopDetail.Should().Be($"The {component} failed: It broke.");
        episode.Invoking(it => it.EnsureNotFailed()).Should().Throw<EpisodeFailedException>()
            .Where(thrown => thrown.Episode == episode && thrown.InnerException == fault);
    }

    [Fact]
    public async Task A_trial_broken_off_keeps_its_steps()
    {
        static async IAsyncEnumerable<AgentEvent> Act([EnumeratorCancellation] CancellationToken token = default)
        {
            await Task.Yield();
            yield return new StepCompleted(new() { Number = 1, Thought = "first" });
            throw new HttpRequestException("The network is gone.");
        }

        Episode episode = await Agents.Answering("x").UseActor(_ => new FakeActor((_, token) => Act(token))).Build().RunAsync(Agents.Question);

        Trial trial = episode.Trials.Should().ContainSingle().Subject;
        trial.Trajectory.Steps.Should().ContainSingle().Which.Thought.Should().Be("first");
        trial.Trajectory.End.Should().Be(TrajectoryEnd.Failed);
        trial.Trajectory.EndDetail.Should().Be("The Actor failed: The network is gone.");
        trial.Evaluation.Should().BeNull();
        trial.Return.Should().BeNull();
    }

    [Fact]
    public async Task An_actor_that_never_says_it_is_done_is_a_fault_with_a_remedy()
    {
        static async IAsyncEnumerable<AgentEvent> Act()
        {
            await Task.Yield();
            yield return new ModelTextDelta("…");
        }

        Episode episode = await Agents.Answering("x").UseActor(_ => new FakeActor((_, _) => Act())).Build().RunAsync(Agents.Question);

        episode.Failure!.Message.Should().Be("FakeActor ended without an ActorFinished event; an actor yields exactly one, last.");
    }

    [Fact]
    public async Task A_budget_of_calls_ends_the_episode_with_its_best_trial()
    {
        var chat = new ScriptedChatClient().Otherwise(_ => "Lyon");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(chat).UseEvaluator(Agents.Wants("Paris"))
            .Configure(options => (options.MaxTrials, options.Budget) = (10, new EpisodeBudget { MaxModelCalls = 4 })).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        chat.Requests.Should().HaveCount(4);
        episode.StopReason.Should().Be(StopReason.Budget);
        episode.StopDetail.Should().Be("The budget of 4 model calls is used up; raise EpisodeBudget.MaxModelCalls to allow more.");
        episode.Failure.Should().BeNull();
        episode.Trials.Should().HaveCount(3);
        episode.Trials[2].Trajectory.End.Should().Be(TrajectoryEnd.Budget);
        episode.Best!.Number.Should().Be(1);
        episode.Usage.ByComponent[AgentComponent.Actor].Calls.Should().Be(2);
        episode.Usage.ByComponent[AgentComponent.Reflector].Calls.Should().Be(2);
        episode.Usage.Total.Calls.Should().Be(4);
        episode.Trials[0].Usage.Total.Calls.Should().Be(2);
    }

    [Fact]
    public async Task Wall_clock_time_is_a_budget()
    {
        var time = new ManualTime();
        ReflexionAgent agent = Agents.Answering("x").UseTimeProvider(time)
            .UseActor(_ => new FakeActor((_, token) => HangAsync(time, token)))
            .Configure(options => options.Budget = new() { MaxDuration = TimeSpan.FromMinutes(5) }).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Budget);
        episode.StopDetail.Should().Contain("00:05:00").And.Contain("MaxDuration");
        episode.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.Budget);
        episode.Duration.Should().Be(TimeSpan.FromMinutes(5));

        static async IAsyncEnumerable<AgentEvent> HangAsync(ManualTime time, [EnumeratorCancellation] CancellationToken token)
        {
            Task hanging = Task.Delay(Timeout.Infinite, token);
            time.Advance(TimeSpan.FromMinutes(5));
            await hanging;
            yield break;
        }
    }

    [Fact]
    public async Task A_stop_request_keeps_the_trials_made()
    {
        using var stop = new CancellationTokenSource();
        ReflexionAgent agent = Agents.Answering("Lyon").UseActor(_ => FakeActor.Answering(context =>
        {
            if (context.Trial == 2)
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }

            return "Lyon";
        })).Build();

        Episode episode = await agent.RunAsync(Agents.Question, new() { StopToken = stop.Token });

        episode.StopReason.Should().Be(StopReason.Stopped);
        episode.Trials.Should().HaveCount(2);
        episode.Trials[1].Trajectory.End.Should().Be(TrajectoryEnd.Stopped);
        episode.Answer.Should().Be("Lyon");
    }

    [Fact]
    public async Task A_stop_requested_before_the_start_makes_no_trial()
    {
        Episode episode = await Agents.Answering("Lyon").Build().RunAsync(Agents.Question, new() { StopToken = new(canceled: true) });

        episode.StopReason.Should().Be(StopReason.Stopped);
        episode.Trials.Should().BeEmpty();
        episode.Best.Should().BeNull();
        episode.Answer.Should().BeNull();
    }

    [Fact]
    public async Task Cancellation_throws_with_the_callers_token()
    {
        using var source = new CancellationTokenSource();
        ReflexionAgent agent = Agents.Answering("Lyon").UseEvaluator(context =>
        {
            source.Cancel();
            return TrajectoryEvaluation.Failed("No.");
        }).Build();

        Func<Task> act = () => agent.RunAsync(Agents.Question, cancellationToken: source.Token);

        (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(source.Token);
        await agent.Invoking(it => it.RunAsync(Agents.Question, cancellationToken: new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_providers_own_timeout_is_a_failure_and_no_cancellation()
    {
        Episode episode = await Agents.Answering("x")
            .UseActor(_ => FakeActor.Answering(_ => throw new TaskCanceledException("The request timed out.", new TimeoutException()))).Build()
            .RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Message.Should().Be("The request timed out.");
    }

    [Fact]
    public async Task An_actor_that_throws_before_it_yields_anything_is_a_failure()
    {
        Episode episode = await Agents.Answering("x")
            .UseActor(_ => new FakeActor((_, _) => throw new NotSupportedException("Not this task."))).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Component.Should().Be(AgentComponent.Actor);
        episode.Trials.Should().ContainSingle().Which.Trajectory.End.Should().Be(TrajectoryEnd.Failed);
    }

    [Fact]
    public async Task A_retrospective_model_that_returns_no_prompt_is_a_fault_with_a_remedy()
    {
        List<AgentEvent> events = await Agents.Answering("x").UseRetrospectiveModel(_ => new SilentRetrospectiveModel()).Build().EventsAsync();

        events.OfType<TrialStarted>().Should().BeEmpty();
        ((EpisodeEnded)events[^1]).Episode.Failure!.Message.Should().Be(
            "SilentRetrospectiveModel returned no prompt; return the base prompt where there is nothing to add.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancellation_that_a_client_wraps_in_a_fault_of_its_own_is_still_a_cancellation(bool abandon)
    {
        using var source = new CancellationTokenSource();
        ReflexionAgent agent = Agents.Answering("x").UseActor(_ => FakeActor.Answering(_ =>
        {
            source.Cancel();
            throw new HttpRequestException("The request was aborted.", new TaskCanceledException());
        })).Build();

        if (abandon)
        {
            Func<Task> act = () => agent.RunAsync(Agents.Question, cancellationToken: source.Token);
            (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(source.Token);
        }
        else
        {
            (await agent.RunAsync(Agents.Question, new() { StopToken = source.Token })).StopReason.Should().Be(StopReason.Stopped);
        }
    }

    [Fact]
    public async Task An_environment_that_fails_while_it_is_disposed_of_is_a_failure()
    {
        ReflexionAgent agent = Agents.Answering("x")
            .UseActor(_ => new ReActActor(new ScriptedChatClient("Action: Finish[Lyon]"), _ => new StuckEnvironment())).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.Failure!.Message.Should().Be("It would not close.");
    }

    [Fact]
    public async Task A_reader_that_leaves_early_disposes_of_the_actor()
    {
        bool disposed = false;
        async IAsyncEnumerable<AgentEvent> Act()
        {
            try
            {
                await Task.Yield();
                yield return new ModelTextDelta("a");
                yield return new ModelTextDelta("b");
            }
            finally
            {
                disposed = true;
            }
        }

        ReflexionAgent agent = Agents.Answering("x").UseActor(_ => new FakeActor((_, _) => Act())).Build();
        await foreach (AgentEvent happened in agent.RunStreamingAsync(Agents.Question))
        {
            if (happened is ModelTextDelta)
            {
                break;
            }
        }

        disposed.Should().BeTrue();
    }

    [Fact]
    public async Task A_failed_reflection_on_a_success_does_not_undo_the_success()
    {
        Episode episode = await Agents.Answering("Paris").Configure(options => options.LearnFromSuccess = true)
            .UseReflector(_ => new DelegateReflector(_ => throw new IOException("gone"))).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_held_out_evaluator_that_fails_leaves_a_gap_and_the_episode_goes_on()
    {
        Episode episode = await Agents.Answering("Lyon", "Paris")
            .UseHeldOutEvaluator(new DelegateEvaluator(context => context.Trajectory.Answer == "Lyon" ? throw new IOException("gone") : TrajectoryEvaluation.Passed()))
            .Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.Trials.Select(trial => trial.HeldOutEvaluation?.Score).Should().Equal(null, 1);
    }

    [Fact]
    public async Task A_run_cancelled_while_held_out_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        ReflexionAgent agent = Agents.Answering("Lyon").UseHeldOutEvaluator(new DelegateEvaluator(_ =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        })).Build();

        await agent.Invoking(it => it.RunAsync(Agents.Question, cancellationToken: source.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Episodes_can_share_a_budget()
    {
        var shared = new BudgetLedger(new() { MaxModelCalls = 3 });
        var chat = new ScriptedChatClient().Otherwise(_ => "Lyon");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(chat).UseEvaluator(Agents.Wants("Paris"))
            .Configure(options => (options.Strategy, options.MaxTrials) = (ReflexionStrategy.Retry, 2)).Build();

        Episode first = await agent.RunAsync(Agents.Question, new() { SharedBudget = shared });
        Episode second = await agent.RunAsync(Agents.Question, new() { SharedBudget = shared });

        first.StopReason.Should().Be(StopReason.TrialLimit);
        second.StopReason.Should().Be(StopReason.Budget);
        shared.Snapshot().Total.Calls.Should().Be(3);
    }

    private sealed class SilentRetrospectiveModel : IRetrospectiveModel
    {
        public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken) => new((ActorPrompt)null!);
    }

    private sealed class StuckEnvironment : IAgentEnvironment
    {
        public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => new(new Observation(""));

        public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken) => new(new Observation(""));

        public ValueTask DisposeAsync() => throw new IOException("It would not close.");
    }

    private sealed class ThrowingGuard(Exception fault) : ILessonGuard
    {
        public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken) => throw fault;
    }

    private sealed class ThrowingRetrospectiveModel(Exception fault) : IRetrospectiveModel
    {
        public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken) => throw fault;
    }
}
