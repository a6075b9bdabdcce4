using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class RateLimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "hello")];

    [Fact]
    public async Task No_minute_sees_more_calls_than_allowed_and_none_is_left_out()
    {
        DateTimeOffset[] at = await LetThroughAsync(new() { CallsPerMinute = 5 }, calls: 23, tokens: 10);

        at.Should().HaveCount(23);
        MostInAMinute(at, _ => 1).Should().Be(5);
        (at.Max() - at.Min()).Should().BeGreaterThanOrEqualTo(4 * Minute);
    }

    [Fact]
    public async Task No_minute_sees_more_tokens_than_allowed()
    {
        DateTimeOffset[] at = await LetThroughAsync(new() { TokensPerMinute = 1_000 }, calls: 10, tokens: 300);

        MostInAMinute(at, _ => 300).Should().Be(900);
        at.Should().HaveCount(10);
    }

    [Fact]
    public async Task A_call_waits_until_the_oldest_one_is_a_minute_old()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = Sized(10, time, new() { CallsPerMinute = 2 });
        await client.GetResponseAsync(Hello);
        time.Advance(TimeSpan.FromSeconds(20));
        await client.GetResponseAsync(Hello);

        Task<ChatResponse> third = client.GetResponseAsync(Hello);
        time.Advance(TimeSpan.FromSeconds(39.999));
        third.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.001));

        (await third.WaitAsync(TimeSpan.FromSeconds(30))).Text.Should().Be("hi");
    }

    [Fact]
    public async Task A_call_that_used_less_than_expected_makes_room_at_once()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        var gate = new TaskCompletionSource();
        using IChatClient client = new StampingClient(time, [], _ => 100) { Gate = gate.Task }.WithRateLimit(new() { TokensPerMinute = 1_500 }, time);

        Task<ChatResponse> first = client.GetResponseAsync(Hello);
        Task<ChatResponse> second = client.GetResponseAsync(Hello);
        second.IsCompleted.Should().BeFalse();
        gate.SetResult();

        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30));
        time.GetUtcNow().Should().Be(new LeapingTime(TimeSpan.Zero).GetUtcNow(), "no time had to pass");
    }

    [Fact]
    public async Task A_call_larger_than_the_limit_goes_when_nothing_else_is_in_the_minute()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = Sized(5_000, time, new() { TokensPerMinute = 500 });

        await client.GetResponseAsync(Hello).WaitAsync(TimeSpan.FromSeconds(30));
        Task<ChatResponse> second = client.GetResponseAsync(Hello);

        second.IsCompleted.Should().BeFalse();
        time.Advance(Minute);
        await second.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_the_provider_does_not_tell_counts_as_expected()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = new StampingClient(time, [], _ => null).WithRateLimit(new() { TokensPerMinute = 150 }, time);

        await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 100 });

        client.GetResponseAsync(Hello, new() { MaxOutputTokens = 100 }).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Streams_are_held_back_and_settled_too()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = new ScriptedChatClient().Otherwise("one two").WithRateLimit(new() { TokensPerMinute = 1_500 }, time);

        for (int i = 0; i < 3; i++)
        {
            (await client.GetStreamingResponseAsync(Hello).ToChatResponseAsync().WaitAsync(TimeSpan.FromSeconds(30))).Text.Should().Be("one two");
        }
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled_and_the_next_call_is_not_lost()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = Sized(10, time, new() { CallsPerMinute = 1 });
        using var cancel = new CancellationTokenSource();
        await client.GetResponseAsync(Hello);
        Task<ChatResponse> waiting = client.GetResponseAsync(Hello, null, cancel.Token);
        Task<ChatResponse> behind = client.GetResponseAsync(Hello);

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        time.Advance(Minute);
        await behind.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Arms_share_the_limit_of_their_model()
    {
        var time = new LeapingTime(Minute);
        var at = new ConcurrentQueue<DateTimeOffset>();
        DateTimeOffset start = time.GetUtcNow();
        ExperimentResult result = await Experiment.CreateBuilder("limited").AddTasks(ExperimentSamples.Tasks(4)).UseTimeProvider(time)
            .AddModel("slow", new StampingClient(time, at, _ => 10), new() { CallsPerMinute = 3 }).AddStrategies(ReflexionStrategy.Retry, ReflexionStrategy.LastAttempt)
            .ConfigureAgents(agent => agent.UseEvaluator(_ => TrajectoryEvaluation.Passed()))
            .UseOptions(new() { EpisodeBudget = new() { MaxDuration = TimeSpan.FromDays(1) } }).Build().RunAsync();

        result.Outcomes[ExperimentOutcome.Solved].Should().Be(8);
        (time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(2 * Minute, "eight calls, three a minute; with a limit for each arm it would be one minute");
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        foreach (RateLimit limit in new RateLimit[] { new() { CallsPerMinute = 0 }, new() { TokensPerMinute = 0 }, new() { ReservedOutputTokens = -1 } })
        {
            FluentActions.Invoking(() => Sums.Model().WithRateLimit(limit)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    private static IChatClient Sized(int tokens, LeapingTime time, RateLimit limit) => new StampingClient(time, [], _ => tokens).WithRateLimit(limit, time);

    // When each call was let through, not when it arrived: a clock that leaps may do so between the two.
    private static async Task<DateTimeOffset[]> LetThroughAsync(RateLimit limit, int calls, long tokens)
    {
        using var limiter = new RateLimiter(limit, new LeapingTime(Minute));
        RateEntry[] entries = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(async () => await limiter.EnterAsync(tokens, default))));
        return [.. entries.Select(entry => new DateTimeOffset(entry.At, TimeSpan.Zero))];
    }

    private static int MostInAMinute(IReadOnlyCollection<DateTimeOffset> at, Func<DateTimeOffset, int> size) =>
        at.Max(start => at.Where(call => call >= start && call < start + Minute).Sum(size));

    /// <summary>A model that notes when it is called and says how many tokens that took, or does not say.</summary>
    private sealed class StampingClient(TimeProvider time, ConcurrentQueue<DateTimeOffset> at, Func<int, int?> tokens) : DelegatingChatClient(Sums.Model())
    {
        internal Task Gate { get; init; } = Task.CompletedTask;

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            at.Enqueue(time.GetUtcNow());
            await Gate;
            return new(new ChatMessage(ChatRole.Assistant, "hi")) { Usage = tokens(at.Count) is { } count ? new() { InputTokenCount = count - 1, OutputTokenCount = 1 } : null };
        }
    }
}
