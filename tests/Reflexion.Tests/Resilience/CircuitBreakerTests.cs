using Microsoft.Extensions.AI;
using static Reflexion.Tests.ResilientChatClientTests;

namespace Reflexion.Tests;

public class CircuitBreakerTests
{
    private readonly LeapingTime _time = new(TimeSpan.Zero);
    private bool _isDown = true;

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_until_the_break_is_over()
    {
        var stub = new StubChatClient { Respond = (_, _) => _isDown ? throw Status(500) : Task.FromResult(StubChatClient.Reply("up again")) };
        using IChatClient client = Breaking(stub);
        await FailAsync(client, 3, ChatFaultKind.Transient);

        ChatFaultException open = await FailAsync(client, 1, ChatFaultKind.CircuitOpen);
        stub.Calls.Should().Be(3, "no call goes through");
        open.Message.Should().Be("Calls to the provider are suspended for 30 s, since most of the recent ones failed. Try again later, or add a fallback client.");
        open.Fault.RetryAfter.Should().Be(TimeSpan.FromSeconds(30));
        open.Fault.IsTransient.Should().BeFalse();

        _time.Advance(TimeSpan.FromSeconds(30));
        _isDown = false;
        (await client.GetResponseAsync("Hi")).Text.Should().Be("up again");
        (await client.GetResponseAsync("Hi")).Text.Should().Be("up again");
    }

    [Fact]
    public async Task A_circuit_that_opens_during_a_call_says_what_came_before()
    {
        using IChatClient client = new StubChatClient { Respond = (_, _) => throw Status(500) }
            .WithResilience(new() { TimeProvider = _time, BaseDelay = TimeSpan.Zero, CircuitBreaker = new() { MinimumThroughput = 3 } });

        ChatFaultException open = await FailAsync(client, 1, ChatFaultKind.CircuitOpen);

        open.Message.Should().EndWith("The last fault: The provider is overloaded or failing (500). Try again later, or add a fallback client. The provider said: No luck The call was made 3 times.");
        open.Attempts.Should().Be(3);
    }

    [Theory]
    [InlineData(429, ChatFaultKind.RateLimited)]
    [InlineData(401, ChatFaultKind.Authentication)]
    [InlineData(400, ChatFaultKind.InvalidRequest)]
    public async Task Rate_limits_and_permanent_faults_do_not_open_it(int status, ChatFaultKind kind)
    {
        var stub = new StubChatClient { Respond = (_, _) => throw Status(status) };
        using IChatClient client = Breaking(stub);

        await FailAsync(client, 10, kind);

        stub.Calls.Should().Be(10);
    }

    [Fact]
    public async Task Streams_that_break_in_the_middle_open_it()
    {
        var stub = new StubChatClient { Stream = (_, _) => StubChatClient.Updates(["Hello"], new IOException("Cut")) };
        using IChatClient client = Breaking(stub, ratio: 0.5);

        for (int i = 0; i < 2; i++)
        {
            await FluentActions.Awaiting(() => AskAsync(client, streaming: true)).Should().ThrowAsync<ChatStreamInterruptedException>();
        }

        (await FluentActions.Awaiting(() => AskAsync(client, streaming: true)).Should().ThrowExactlyAsync<ChatFaultException>())
            .Which.Fault.Kind.Should().Be(ChatFaultKind.CircuitOpen);
    }

    [Fact]
    public async Task Without_one_every_call_goes_through()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw Status(500) };
        using IChatClient client = stub.WithResilience(new() { TimeProvider = _time, MaxRetries = 0, CircuitBreaker = null });

        await FailAsync(client, 50, ChatFaultKind.Transient);

        stub.Calls.Should().Be(50);
    }

    [Fact]
    public async Task A_fallback_answers_while_the_circuit_is_open()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw Status(500) };
        using IChatClient client = Breaking(stub, fallback: new StubChatClient());

        for (int i = 0; i < 10; i++)
        {
            (await client.GetResponseAsync("Hi")).Text.Should().Be("ok");
        }

        stub.Calls.Should().Be(3);
    }

    private static async Task<ChatFaultException> FailAsync(IChatClient client, int times, ChatFaultKind kind)
    {
        ChatFaultException? last = null;
        for (int i = 0; i < times; i++)
        {
            last = (await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>()).Which;
            last.Fault.Kind.Should().Be(kind);
        }

        return last!;
    }

    private IChatClient Breaking(StubChatClient stub, double ratio = 0.8, IChatClient? fallback = null) => stub.WithResilience(new()
    {
        TimeProvider = _time,
        MaxRetries = 0,
        Fallbacks = fallback is null ? [] : [fallback],
        CircuitBreaker = new() { MinimumThroughput = 3, FailureRatio = ratio },
    });
}
