using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class ConcurrencyLimitTests
{
    [Fact]
    public async Task No_more_calls_run_at_once_than_the_limit_allows_and_all_of_them_get_their_turn()
    {
        int running = 0;
        int most = 0;
        var gate = new TaskCompletionSource();
        var stub = new StubChatClient
        {
            Respond = async (_, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await gate.Task;
                Interlocked.Decrement(ref running);
                return StubChatClient.Reply("ok");
            },
        };
        using IChatClient client = stub.WithResilience(new() { MaxConcurrentCalls = 3 });

        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 20).Select(_ => client.GetResponseAsync("Hi"))];
        stub.Calls.Should().Be(3);
        gate.SetResult();
        await Task.WhenAll(calls);

        stub.Calls.Should().Be(20);
        most.Should().Be(3);
    }

    [Fact]
    public async Task Without_a_limit_all_run_at_once()
    {
        var gate = new TaskCompletionSource();
        var stub = new StubChatClient
        {
            Respond = async (_, _) =>
            {
                await gate.Task;
                return StubChatClient.Reply("ok");
            },
        };
        using IChatClient client = stub.WithResilience(new() { MaxConcurrentCalls = null });

        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 100).Select(_ => client.GetResponseAsync("Hi"))];

        stub.Calls.Should().Be(100);
        gate.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_stream_holds_its_place_until_it_ends()
    {
        var stub = new StubChatClient { Stream = (_, _) => StubChatClient.Updates(["one", "two", "."]) };
        using IChatClient client = stub.WithResilience(new() { MaxConcurrentCalls = 1 });
        IAsyncEnumerator<ChatResponseUpdate> stream = client.GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        await stream.MoveNextAsync();

        Task<ChatResponse> waiting = client.GetResponseAsync("Hi");
        stub.Calls.Should().Be(1);
        await stream.DisposeAsync();

        (await waiting).Text.Should().Be("ok");
    }

    [Fact]
    public async Task Cancelling_takes_a_call_out_of_the_queue()
    {
        var gate = new TaskCompletionSource();
        var stub = new StubChatClient
        {
            Respond = async (_, _) =>
            {
                await gate.Task;
                return StubChatClient.Reply("ok");
            },
        };
        using IChatClient client = stub.WithResilience(new() { MaxConcurrentCalls = 1 });
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> running = client.GetResponseAsync("Hi");

        Task<ChatResponse> waiting = client.GetResponseAsync("Hi", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        gate.SetResult();
        await running;
        (await client.GetResponseAsync("Hi")).Text.Should().Be("ok");
        stub.Calls.Should().Be(2);
    }

    [Fact]
    public async Task A_call_that_fails_gives_its_place_back()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw new InvalidOperationException(), Stream = (_, _) => throw new InvalidOperationException() };
        using IChatClient client = stub.WithResilience(new() { MaxConcurrentCalls = 1 });

        for (int i = 0; i < 3; i++)
        {
            await FluentActions.Awaiting(() => ResilientChatClientTests.AskAsync(client, streaming: i == 1)).Should().ThrowAsync<InvalidOperationException>();
        }

        stub.Calls.Should().Be(3);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
