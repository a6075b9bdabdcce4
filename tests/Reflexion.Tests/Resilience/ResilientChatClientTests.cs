using System.Net;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class ResilientChatClientTests
{
    private readonly LeapingTime _time = new(TimeSpan.FromSeconds(45));

    [Fact]
    public async Task A_transient_fault_is_retried_with_growing_jittered_waits()
    {
        var stub = new StubChatClient { Respond = (call, _) => call < 5 ? throw Status(500) : Task.FromResult(StubChatClient.Reply("at last")) };
        using IChatClient client = Resilient(stub, options => options.Seed = 7);

        (await client.GetResponseAsync("Hi")).Text.Should().Be("at last");

        stub.Calls.Should().Be(5);
        _time.Leaps.Should().HaveCount(4).And.OnlyHaveUniqueItems().And.OnlyContain(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(30));
        _time.Leaps[3].Should().BeGreaterThan(_time.Leaps[0]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_waits_and_another_seed_others()
    {
        (await WaitsAsync(seed: 1)).Should().Equal(await WaitsAsync(seed: 1)).And.NotEqual(await WaitsAsync(seed: 2));

        static async Task<IReadOnlyList<TimeSpan>> WaitsAsync(int seed)
        {
            var time = new LeapingTime(TimeSpan.FromSeconds(45));
            using IChatClient client = new StubChatClient { Respond = (_, _) => throw Status(500) }.WithResilience(new() { TimeProvider = time, Seed = seed });
            await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>();
            return time.Leaps;
        }
    }

    [Fact]
    public async Task A_wait_never_exceeds_the_longest()
    {
        using IChatClient client = Resilient(
            new StubChatClient { Respond = (_, _) => throw Status(500) }, options => (options.MaxRetries, options.MaxDelay, options.CircuitBreaker) = (12, TimeSpan.FromSeconds(3), null));

        await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>();

        _time.Leaps.Should().HaveCount(12).And.OnlyContain(wait => wait <= TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.001, false)]
    public async Task Retry_After_is_honoured_up_to_the_cap(double seconds, bool isRetried)
    {
        var time = new LeapingTime(TimeSpan.FromSeconds(60));
        var stub = new StubChatClient { Respond = (call, _) => call == 1 ? throw RateLimit(seconds) : Task.FromResult(StubChatClient.Reply("ok")) };
        using IChatClient client = stub.WithResilience(new() { TimeProvider = time, BaseDelay = TimeSpan.Zero, AttemptTimeout = TimeSpan.FromSeconds(61) });

        Func<Task> ask = () => client.GetResponseAsync("Hi");

        if (isRetried)
        {
            await ask.Should().NotThrowAsync();
            time.Leaps.Should().Equal(TimeSpan.FromSeconds(60));
        }
        else
        {
            (await ask.Should().ThrowAsync<ChatFaultException>()).WithMessage("The provider asks to wait 60.001 s, longer than the 60 s that MaxRetryAfter allows. *");
            stub.Calls.Should().Be(1);
        }
    }

    [Fact]
    public async Task Those_told_to_wait_the_same_come_back_at_different_times_but_never_early()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw RateLimit(10) };
        using IChatClient client = Resilient(stub, options => options.BaseDelay = TimeSpan.FromSeconds(2));

        await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>();

        _time.Leaps.Should().HaveCount(4).And.OnlyHaveUniqueItems().And.OnlyContain(wait => wait >= TimeSpan.FromSeconds(10) && wait < TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task A_permanent_fault_is_not_retried()
    {
        var cause = Status(401);
        var stub = new StubChatClient { Respond = (_, _) => throw cause };
        using IChatClient client = Resilient(stub);

        ChatFaultException fault = (await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.InnerException.Should().BeSameAs(cause);
        fault.Attempts.Should().Be(1);
        stub.Calls.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_that_is_not_the_providers_reaches_the_caller_unchanged(bool streaming)
    {
        var bug = new InvalidOperationException("A bug");
        var stub = new StubChatClient { Respond = (_, _) => throw bug, Stream = (_, _) => throw bug };
        using IChatClient client = Resilient(stub);

        (await FluentActions.Awaiting(() => AskAsync(client, streaming)).Should().ThrowAsync<InvalidOperationException>()).Which.Should().BeSameAs(bug);

        stub.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Each_attempt_gets_options_of_its_own()
    {
        var seen = new List<ChatOptions?>();
        var stub = new StubChatClient
        {
            Respond = (call, _) => call < 3 ? throw Status(500) : Task.FromResult(StubChatClient.Reply("ok")),
            OnOptions = options =>
            {
                seen.Add(options);
                options!.Temperature.Should().Be(0.5f);
                options.Temperature = 2;
            },
        };
        using IChatClient client = Resilient(stub);
        var options = new ChatOptions { Temperature = 0.5f };

        await client.GetResponseAsync("Hi", options);

        seen.Should().HaveCount(3).And.OnlyHaveUniqueItems().And.NotContain(options);
        options.Temperature.Should().Be(0.5f);
    }

    [Fact]
    public async Task Around_a_resilient_client_retries_do_not_multiply()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw Status(500) };
        using IChatClient client = Resilient(Resilient(stub));

        ChatFaultException fault = (await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>()).Which;

        stub.Calls.Should().Be(5);
        fault.Attempts.Should().Be(5);
    }

    [Fact]
    public async Task A_fault_that_the_client_has_classified_itself_is_taken_at_its_word()
    {
        var stub = new StubChatClient { Respond = (call, _) => call == 1 ? throw new ChatFaultException(new(ChatFaultKind.Transient, "Busy.")) : Task.FromResult(StubChatClient.Reply("ok")) };
        using IChatClient client = Resilient(stub);

        (await client.GetResponseAsync("Hi")).Text.Should().Be("ok");

        stub.Calls.Should().Be(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_during_a_wait_ends_the_call_with_the_callers_token(bool streaming)
    {
        using var cancellation = new CancellationTokenSource();
        var time = new LeapingTime(TimeSpan.Zero);
        var stub = new StubChatClient { Respond = (_, _) => throw Cancelling(), Stream = (_, _) => throw Cancelling() };
        using IChatClient client = stub.WithResilience(new() { TimeProvider = time });

        OperationCanceledException cancelled =
            (await FluentActions.Awaiting(() => AskAsync(client, streaming, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>()).Which;

        cancelled.CancellationToken.Should().Be(cancellation.Token);
        cancelled.Message.Should().Be("The call was cancelled.");
        stub.Calls.Should().Be(1);

        HttpRequestException Cancelling()
        {
            cancellation.Cancel();
            return Status(500);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_is_cancelled_beforehand_makes_no_call(bool streaming)
    {
        var stub = new StubChatClient();
        using IChatClient client = Resilient(stub);
        var cancelled = new CancellationToken(canceled: true);

        (await FluentActions.Awaiting(() => AskAsync(client, streaming, cancelled)).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancelled);

        stub.Calls.Should().Be(0);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_callers_is_a_timeout_of_the_client_and_retried()
    {
        var stub = new StubChatClient { Respond = (call, _) => call == 1 ? throw new TaskCanceledException() : Task.FromResult(StubChatClient.Reply("ok")) };
        using IChatClient client = Resilient(stub);

        (await client.GetResponseAsync("Hi")).Text.Should().Be("ok");
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(99.999, false)]
    public async Task An_attempt_may_take_its_timeout_and_no_longer(double seconds, bool isOver)
    {
        var stub = new StubChatClient { Respond = async (_, token) => await NeverAsync(token) };
        using IChatClient client = Resilient(stub, options => options.MaxRetries = 0);

        Task<ChatResponse> asked = client.GetResponseAsync("Hi");
        _time.Advance(TimeSpan.FromSeconds(seconds));

        if (!isOver)
        {
            asked.IsCompleted.Should().BeFalse();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (await FluentActions.Awaiting(() => asked).Should().ThrowAsync<ChatFaultException>())
            .WithMessage("The provider was silent for 100 s. Try again later, or raise AttemptTimeout.").Which.Fault.Kind.Should().Be(ChatFaultKind.Timeout);
    }

    [Fact]
    public async Task The_total_timeout_covers_waits_too()
    {
        var time = new LeapingTime(TimeSpan.Zero);
        using IChatClient client = new StubChatClient { Respond = (_, _) => throw RateLimit(50) }
            .WithResilience(new() { TimeProvider = time, TotalTimeout = TimeSpan.FromSeconds(40) });

        Task<ChatResponse> asked = client.GetResponseAsync("Hi");
        time.Advance(TimeSpan.FromSeconds(40));

        ChatFaultException fault = (await FluentActions.Awaiting(() => asked).Should().ThrowAsync<ChatFaultException>()).Which;
        fault.Message.Should().StartWith("The call was not done within 40 s. Try again later, or raise TotalTimeout. The last fault: The provider limits");
        fault.Fault.StatusCode.Should().Be(429);
    }

    [Fact]
    public void It_owns_its_clients_and_passes_questions_on()
    {
        var first = new StubChatClient();
        var second = new StubChatClient();
        IChatClient client = Resilient(first, options => options.Fallbacks = [second]);

        client.GetService<StubChatClient>().Should().BeSameAs(first);
        client.Dispose();

        first.IsDisposed.Should().BeTrue();
        second.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public async Task Missing_messages_are_refused()
    {
        using IChatClient client = Resilient(new StubChatClient());

        await FluentActions.Awaiting(() => client.GetResponseAsync((IEnumerable<ChatMessage>)null!)).Should().ThrowAsync<ArgumentNullException>();
    }

    internal static HttpRequestException Status(int status) => new("No luck", null, (HttpStatusCode)status);

    internal static HttpFaultException RateLimit(double seconds) => new(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(seconds), "Slow");

    internal static async Task<ChatResponse> NeverAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return StubChatClient.Reply("never");
    }

    internal static async Task<ChatResponse> AskAsync(IChatClient client, bool streaming, CancellationToken token = default) => streaming
        ? await client.GetStreamingResponseAsync("Hi", cancellationToken: token).ToChatResponseAsync(token)
        : await client.GetResponseAsync("Hi", cancellationToken: token);

    private IChatClient Resilient(IChatClient client, Action<ChatResilienceOptions>? configure = null)
    {
        var options = new ChatResilienceOptions { TimeProvider = _time };
        configure?.Invoke(options);
        return client.WithResilience(options);
    }
}
