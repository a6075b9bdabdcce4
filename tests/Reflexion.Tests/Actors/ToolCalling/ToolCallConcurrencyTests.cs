using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolCallConcurrencyTests
{
    [Fact]
    public async Task Calls_of_one_reply_run_at_once_and_keep_their_order()
    {
        // Each call waits for the other: run one after the other, neither would end.
        var met = new Rendezvous(2);
        AIFunction tool = AIFunctionFactory.Create(
            async (int n) =>
            {
                await met.ArriveAsync();
                return n;
            },
            "meet");
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Meet(1), Meet(2)).Then("done"), tool);

        log.Steps.Select(step => step.Observation!.Text).Should().Equal("1", "2");
    }

    [Fact]
    public async Task Tools_that_block_run_at_once_too()
    {
        using var barrier = new Barrier(2);
        AIFunction tool = AIFunctionFactory.Create((int n) => barrier.SignalAndWait(TimeSpan.FromMinutes(1)) ? n : -1, "meet");
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Meet(1), Meet(2)).Then("done"), tool);

        log.Steps.Select(step => step.Observation!.Text).Should().Equal("1", "2");
    }

    [Fact]
    public async Task Results_keep_the_order_of_calls_though_the_last_ends_first()
    {
        var last = new TaskCompletionSource();
        AIFunction tool = AIFunctionFactory.Create(
            async (int n) =>
            {
                if (n == 3)
                {
                    last.SetResult();
                }

                await last.Task;
                return n;
            },
            "meet");
        var client = new ScriptedChatClient().Then(Meet(1), Meet(2), Meet(3)).Then("done");
        TrialLog log = await RunAsync(client, tool);

        log.Steps.Select(step => (step.Number, step.Action!.CallId, step.Observation!.Text)).Should().Equal((1, "c1", "1"), (2, "c2", "2"), (3, "c3", "3"));
        client.Requests[1].Messages[^1].Contents.Cast<FunctionResultContent>().Select(result => (result.CallId, result.Result)).Should().Equal(("c1", "1"), ("c2", "2"), ("c3", "3"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_more_calls_run_at_once_than_allowed_and_as_many_do(int limit)
    {
        int running = 0;
        var most = new ConcurrentBag<int>();
        var order = new ConcurrentQueue<int>();
        var full = new Rendezvous(limit);
        AIFunction tool = AIFunctionFactory.Create(
            async (int n) =>
            {
                order.Enqueue(n);
                most.Add(Interlocked.Increment(ref running));
                if (n <= limit)
                {
                    await full.ArriveAsync();
                }

                Interlocked.Decrement(ref running);
                return n;
            },
            "meet");
        var client = new ScriptedChatClient().Then(Enumerable.Range(1, 8).Select(Meet).ToArray<AIContent>()).Then("done");
        TrialLog log = await RunAsync(client, tool, new() { MaxParallelCalls = limit });

        log.Steps.Should().HaveCount(8);
        most.Max().Should().Be(limit);
        if (limit == 1)
        {
            order.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    [Fact]
    public async Task Run_one_by_one_each_step_is_reported_before_the_next_call_starts()
    {
        var happened = new List<string>();
        AIFunction tool = AIFunctionFactory.Create((int n) => happened.Add($"ran {n}"), "meet");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(Meet(1), Meet(2)).Then("done"), [tool], new() { MaxParallelCalls = 1 });
        var context = new ActorContext { Task = ToolCallingHarness.Task, Prompt = actor.CreatePrompt(ToolCallingHarness.Task) };
        await foreach (AgentEvent next in actor.ActAsync(context, CancellationToken.None))
        {
            happened.Add(next.GetType().Name);
        }

        happened.Should().Equal("ran 1", "StepCompleted", "ran 2", "StepCompleted", "ActorFinished");
    }

    [Fact]
    public async Task Approvals_are_asked_one_at_a_time_before_anything_runs()
    {
        var happened = new ConcurrentQueue<string>();
        AIFunction tool = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(
            (int n) =>
            {
                happened.Enqueue("ran");
                return n;
            },
            "meet"));
        var options = new ToolCallingOptions
        {
            Approve = async (request, _) =>
            {
                happened.Enqueue($"asked {request.Arguments}");
                await System.Threading.Tasks.Task.Yield();
                happened.Enqueue("told");
                return request.Call.CallId != "c2";
            },
        };
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Meet(1), Meet(2), Meet(3)).Then("done"), tool, options);

        happened.Should().Equal("asked {\"n\":1}", "told", "asked {\"n\":2}", "told", "asked {\"n\":3}", "told", "ran", "ran");
        log.Steps.Select(step => step.Outcome).Should().Equal(StepOutcome.Executed, StepOutcome.ApprovalDenied, StepOutcome.Executed);
    }

    [Fact]
    public async Task A_tool_that_heeds_its_token_is_stopped_at_the_timeout()
    {
        var time = new FakeTime();
        AIFunction tool = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                token.Register(() => { });
                time.Advance();
                await System.Threading.Tasks.Task.Delay(Timeout.Infinite, token);
            },
            "slow");
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Call("c", "slow")).Then("done"), tool, new() { ToolTimeout = TimeSpan.FromSeconds(1.5) }, new(time: time));

        time.Due.Should().Be(TimeSpan.FromSeconds(1.5));
        log.Steps.Single().Should().Match<TrajectoryStep>(step =>
            step.Outcome == StepOutcome.ToolFailed && step.Observation!.Text == "The tool 'slow' did not finish within 1.5 s and was given up.");
        log.End.Answer.Should().Be("done");
    }

    [Fact]
    public async Task A_tool_that_ignores_its_token_is_left_behind_at_the_timeout()
    {
        var time = new FakeTime();
        var never = new TaskCompletionSource<int>();
        AIFunction tool = AIFunctionFactory.Create(
            () =>
            {
                time.Advance();
                return never.Task;
            },
            "slow");
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Call("c", "slow")).Then("done"), tool, run: new(time: time));

        log.Steps.Single().Observation!.Text.Should().Be("The tool 'slow' did not finish within 120 s and was given up.");
        never.SetException(new InvalidOperationException("late"));
    }

    [Fact]
    public async Task Cancelling_the_trial_throws_and_stops_the_tools()
    {
        using var source = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        AIFunction tool = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                token.Register(stopped.SetResult);
                await source.CancelAsync();
                await System.Threading.Tasks.Task.Delay(Timeout.Infinite, token);
            },
            "slow");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(Call("c", "slow")), [tool]);

        await actor.Invoking(it => RunAsync(it, cancellationToken: source.Token)).Should().ThrowAsync<OperationCanceledException>();
        await stopped.Task;
    }

    [Fact]
    public async Task Cancelling_the_trial_does_not_wait_for_a_tool_that_ignores_it()
    {
        using var source = new CancellationTokenSource();
        AIFunction tool = AIFunctionFactory.Create(
            async () =>
            {
                await source.CancelAsync();
                await new TaskCompletionSource().Task;
            },
            "slow");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(Call("c", "slow")), [tool]);

        await actor.Invoking(it => RunAsync(it, cancellationToken: source.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_call_that_ends_the_episode_stops_the_calls_beside_it()
    {
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        AIFunction broke = AIFunctionFactory.Create(
            async () =>
            {
                await started.Task;
                throw new BudgetExhaustedException("no calls left");
            },
            "broke");
        AIFunction slow = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                token.Register(stopped.SetResult);
                started.SetResult();
                await System.Threading.Tasks.Task.Delay(Timeout.Infinite, token);
            },
            "slow");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(Call("1", "broke"), Call("2", "slow")), [broke, slow]);

        await actor.Invoking(it => RunAsync(it)).Should().ThrowAsync<BudgetExhaustedException>().WithMessage("no calls left");
        stopped.Task.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task A_reader_who_leaves_stops_the_calls_still_running()
    {
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        AIFunction tool = AIFunctionFactory.Create(
            async (int n, CancellationToken token) =>
            {
                if (n == 1)
                {
                    await started.Task;
                    return;
                }

                token.Register(stopped.SetResult);
                started.SetResult();
                await System.Threading.Tasks.Task.Delay(Timeout.Infinite, token);
            },
            "meet");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(Meet(1), Meet(2)), [tool]);
        var context = new ActorContext { Task = ToolCallingHarness.Task, Prompt = actor.CreatePrompt(ToolCallingHarness.Task) };
        await foreach (AgentEvent _ in actor.ActAsync(context, CancellationToken.None))
        {
            break;
        }

        stopped.Task.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task One_actor_serves_many_trials_at_once()
    {
        const int trials = 50;
        var met = new Rendezvous(trials);
        AIFunction tool = AIFunctionFactory.Create(
            async (int n) =>
            {
                await met.ArriveAsync();
                return n;
            },
            "meet");
        var client = new ScriptedChatClient()
            .When(request => request.Messages.Any(message => message.Role == ChatRole.Tool), request => Reply(new TextContent($"{((FunctionResultContent)request.Messages[^1].Contents[0]).Result}")))
            .When(_ => true, request => Reply(Meet(request.Turn)));
        var actor = new ToolCallingActor(client, [tool]);
        TrialLog[] logs = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, trials).Select(_ => System.Threading.Tasks.Task.Run(() => RunAsync(actor))));

        logs.Should().OnlyContain(log => log.Steps.Count == 1 && log.Steps[0].Number == 1 && log.End.Answer == log.Steps[0].Observation!.Text);
        logs.Select(log => log.End.Answer).Should().OnlyHaveUniqueItems();
    }

    private static FunctionCallContent Meet(int n) => Call($"c{n}", "meet", $$"""{"n":{{n}}}""");

    /// <summary>Lets everybody go once all have come.</summary>
    private sealed class Rendezvous(int parties)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        internal Task ArriveAsync()
        {
            if (Interlocked.Increment(ref _arrived) == parties)
            {
                _all.SetResult();
            }

            return _all.Task;
        }
    }

    /// <summary>A clock whose timers fire when told.</summary>
    private sealed class FakeTime : TimeProvider
    {
        private readonly ConcurrentBag<Action> _timers = [];

        internal TimeSpan Due { get; private set; }

        internal void Advance()
        {
            foreach (Action fire in _timers)
            {
                fire();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            _timers.Add(() => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
