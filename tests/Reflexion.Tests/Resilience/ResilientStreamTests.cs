using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class ResilientStreamTests
{
    private readonly LeapingTime _time = new(TimeSpan.FromSeconds(45));

    [Fact]
    public async Task A_fault_before_the_first_content_is_retried_unseen()
    {
        var stub = Stub(call => call switch
        {
            1 => throw new IOException("Cut at once"),
            2 => StubChatClient.Updates([], new IOException("Cut before anything")),
            3 => StubChatClient.Updates(["", ""], new IOException("Cut after empty updates")),
            4 => StubChatClient.Updates([""]),
            _ => StubChatClient.Updates(["", "Hello", " world", "."]),
        });

        (await ReadAsync(stub)).Should().Equal("", "Hello", " world", "");

        stub.Calls.Should().Be(5);
    }

    [Fact]
    public async Task A_usage_alone_is_no_content()
    {
        var stub = Stub(call => call == 1 ? UsageThenFault() : StubChatClient.Updates(["ok", "."]));

        (await ReadAsync(stub)).Should().Equal("ok", "");

        static async IAsyncEnumerable<ChatResponseUpdate> UsageThenFault()
        {
            await Task.Yield();
            yield return new(ChatRole.Assistant, [new UsageContent(new())]);
            throw new IOException("Cut");
        }
    }

    [Fact]
    public async Task Text_beside_a_usage_is_content()
    {
        var stub = Stub(_ => BothThenFault());

        (await FluentActions.Awaiting(() => ReadAsync(stub)).Should().ThrowAsync<ChatStreamInterruptedException>()).Which.Text.Should().Be("Hello");

        static async IAsyncEnumerable<ChatResponseUpdate> BothThenFault()
        {
            await Task.Yield();
            yield return new(ChatRole.Assistant, [new TextContent("Hello"), new UsageContent(new())]);
            throw new IOException("Cut");
        }
    }

    [Fact]
    public async Task The_time_a_reader_takes_between_updates_is_its_own()
    {
        var stub = Stub(_ => StubChatClient.Updates(["one", "two", "three", "."]));
        using IChatClient client = Resilient(stub);
        var read = new List<string>();

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hi"))
        {
            read.Add(update.Text);
            _time.Advance(TimeSpan.FromSeconds(61));
        }

        read.Should().Equal("one", "two", "three", "");
    }

    [Fact]
    public async Task A_tool_call_is_content()
    {
        var stub = Stub(_ => CallThenFault());

        ChatStreamInterruptedException fault = (await FluentActions.Awaiting(() => ReadAsync(stub)).Should().ThrowAsync<ChatStreamInterruptedException>()).Which;

        fault.Text.Should().BeEmpty();
        stub.Calls.Should().Be(1);

        static async IAsyncEnumerable<ChatResponseUpdate> CallThenFault()
        {
            await Task.Yield();
            yield return new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]);
            throw new IOException("Cut");
        }
    }

    [Fact]
    public async Task A_fault_after_content_is_reported_with_the_text_so_far()
    {
        var cause = new IOException("Cut");
        var stub = Stub(call => call == 1 ? throw new IOException("At once") : StubChatClient.Updates(["Hello", " wor"], cause));

        ChatStreamInterruptedException fault = (await FluentActions.Awaiting(() => ReadAsync(stub)).Should().ThrowAsync<ChatStreamInterruptedException>()).Which;

        fault.Text.Should().Be("Hello wor");
        fault.InnerException.Should().BeSameAs(cause);
        fault.Attempts.Should().Be(2);
        fault.Message.Should().Be(
            "The stream was interrupted after 9 characters. The connection to the provider failed. Check the network and the endpoint. The cause: Cut The call was made 2 times. Ask again, or set BufferStreams to have whole streams retried.");
    }

    [Fact]
    public async Task A_fault_after_the_finish_reason_takes_nothing_from_a_complete_reply()
    {
        var stub = Stub(_ => StubChatClient.Updates(["Hello", "."], new IOException("Cut while closing")));

        (await ReadAsync(stub)).Should().Equal("Hello", "");
        (await ReadAsync(stub, options => options.BufferStreams = true)).Should().Equal("Hello", "");

        stub.Calls.Should().Be(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bug_in_the_middle_or_at_the_end_reaches_the_caller_unchanged(bool isFinished)
    {
        var bug = new InvalidOperationException("A bug");
        var stub = Stub(_ => StubChatClient.Updates(isFinished ? ["Hello", "."] : ["Hello"], bug));

        (await FluentActions.Awaiting(() => ReadAsync(stub)).Should().ThrowAsync<InvalidOperationException>()).Which.Should().BeSameAs(bug);
    }

    [Fact]
    public async Task A_finish_reason_alone_makes_a_stream_whole() => (await ReadAsync(Stub(_ => StubChatClient.Updates(["."])))).Should().Equal("");

    [Fact]
    public async Task A_stream_without_updates_is_retried_or_taken_as_the_option_says()
    {
        var stub = Stub(_ => StubChatClient.Updates([]));

        (await FluentActions.Awaiting(() => ReadAsync(stub)).Should().ThrowExactlyAsync<ChatFaultException>())
            .WithMessage("The stream ended without a finish reason, so it counts as cut. For a provider that never sends one, set RequireFinishReason to false. The call was made 5 times.");
        (await ReadAsync(stub, options => options.RequireFinishReason = false)).Should().BeEmpty();

        stub.Calls.Should().Be(6);
    }

    [Fact]
    public async Task A_buffered_stream_is_retried_whole_and_handed_on_as_it_was()
    {
        var stub = Stub(call => call switch
        {
            1 => StubChatClient.Updates(["Hello", " wor"], new IOException("Cut")),
            2 => StubChatClient.Updates(["Hello"]),
            _ => StubChatClient.Updates(["Hello", " world", "."]),
        });

        (await ReadAsync(stub, options => options.BufferStreams = true)).Should().Equal("Hello", " world", "");

        stub.Calls.Should().Be(3);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(59.999, false)]
    public async Task Silence_between_updates_may_last_the_idle_timeout_and_no_longer(double seconds, bool isOver)
    {
        var stub = Stub((_, token) => OneThenNever(token));
        using IChatClient client = Resilient(stub);
        await using IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        await updates.MoveNextAsync();

        // The reader's own time does not count.
        _time.Advance(TimeSpan.FromSeconds(200));
        Task<bool> next = updates.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(seconds));

        if (!isOver)
        {
            next.IsCompleted.Should().BeFalse();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (await FluentActions.Awaiting(() => next).Should().ThrowAsync<ChatStreamInterruptedException>())
            .WithMessage("*The provider was silent for 60 s. Try again later, or raise StreamIdleTimeout.*").Which.Fault.Kind.Should().Be(ChatFaultKind.Timeout);
    }

    [Fact]
    public async Task The_total_timeout_ends_a_stream_too()
    {
        var stub = Stub((_, token) => OneThenNever(token));
        using IChatClient client = Resilient(stub, options => options.TotalTimeout = TimeSpan.FromSeconds(50));
        await using IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        await updates.MoveNextAsync();

        Task<bool> next = updates.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(50));

        (await FluentActions.Awaiting(() => next).Should().ThrowAsync<ChatStreamInterruptedException>()).WithMessage("*The call was not done within 50 s.*");
    }

    [Fact]
    public async Task Silence_within_a_buffered_stream_is_retried()
    {
        var begun = new TaskCompletionSource();
        var stub = Stub((call, token) => call == 1 ? OneThenNever(token, begun) : StubChatClient.Updates(["ok", "."]));

        Task<List<string>> read = ReadAsync(stub, options => options.BufferStreams = true);
        await begun.Task;
        _time.Advance(TimeSpan.FromSeconds(60));

        (await read).Should().Equal("ok", "");
    }

    [Fact]
    public async Task Cancelling_in_the_middle_ends_the_stream_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var stub = Stub((_, token) => OneThenNever(token));
        using IChatClient client = Resilient(stub);
        await using IAsyncEnumerator<ChatResponseUpdate> updates =
            client.GetStreamingResponseAsync("Hi", cancellationToken: cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await updates.MoveNextAsync();

        Task<bool> next = updates.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => next).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_providers_stream_is_closed_however_it_ends(bool readsAll)
    {
        bool isClosed = false;
        var stub = Stub(_ => Closing(() => isClosed = true));
        using IChatClient client = Resilient(stub);

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hi"))
        {
            isClosed.Should().BeFalse();
            if (!readsAll)
            {
                break;
            }
        }

        isClosed.Should().BeTrue();

        static async IAsyncEnumerable<ChatResponseUpdate> Closing(Action onClosed)
        {
            try
            {
                await Task.Yield();
                yield return new(ChatRole.Assistant, "Hello");
                yield return new() { FinishReason = ChatFinishReason.Stop };
            }
            finally
            {
                onClosed();
            }
        }
    }

    [Fact]
    public async Task The_stream_of_a_failed_attempt_is_closed_before_the_next()
    {
        int open = 0;
        var stub = Stub(call => Counted(call));

        (await ReadAsync(stub)).Should().Equal("ok", "");

        open.Should().Be(0);

        async IAsyncEnumerable<ChatResponseUpdate> Counted(int call)
        {
            open.Should().Be(0, "one attempt is made at a time");
            open++;
            try
            {
                await Task.Yield();
                if (call == 1)
                {
                    throw new IOException("Cut");
                }

                yield return new(ChatRole.Assistant, call == 2 ? "" : "ok");
                if (call == 2)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, new CancellationToken(canceled: true));
                }

                yield return new() { FinishReason = ChatFinishReason.Stop };
            }
            finally
            {
                open--;
            }
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> OneThenNever(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token, TaskCompletionSource? begun = null)
    {
        yield return new(ChatRole.Assistant, "one");
        begun?.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
    }

    private static StubChatClient Stub(Func<int, IAsyncEnumerable<ChatResponseUpdate>> stream) => Stub((call, _) => stream(call));

    private static StubChatClient Stub(Func<int, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> stream) => new() { Stream = stream };

    private async Task<List<string>> ReadAsync(StubChatClient stub, Action<ChatResilienceOptions>? configure = null)
    {
        using IChatClient client = Resilient(stub, configure);
        return await client.GetStreamingResponseAsync("Hi").Select(update => update.Text).ToListAsync();
    }

    private IChatClient Resilient(StubChatClient stub, Action<ChatResilienceOptions>? configure = null)
    {
        var options = new ChatResilienceOptions { TimeProvider = _time };
        configure?.Invoke(options);
        return stub.WithResilience(options);
    }
}
