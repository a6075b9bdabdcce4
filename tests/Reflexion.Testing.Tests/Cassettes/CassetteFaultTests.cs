using System.Net;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class CassetteFaultTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    public static TheoryData<string, Exception> Faults => new()
    {
        { "429", new HttpFaultException(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7), "busy") },
        { "500", new HttpRequestException("oops", null, HttpStatusCode.InternalServerError) },
        { "401", new HttpRequestException("who?", null, HttpStatusCode.Unauthorized) },
        { "no connection", new HttpRequestException("no such host") },
        { "timeout", new TaskCanceledException("slow", new TimeoutException()) },
        { "reset", new IOException("reset") },
        { "bug", new InvalidOperationException("bug") },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_replayed_as_a_fault_that_means_the_same(string name, Exception fault)
    {
        name.Should().NotBeEmpty();
        using (IChatClient client = new ScriptedChatClient().ThenThrow(fault).WithCassette(_file.Path, CassetteMode.Record))
        {
            (await client.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<Exception>()).Which.Should().BeSameAs(fault);
        }

        foreach (bool streams in new[] { false, true })
        {
            using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
            ReplayedFaultException replayed = (await replay.Awaiting(r => streams ? r.StreamTextAsync("q") : r.TextAsync("q")).Should().ThrowAsync<ReplayedFaultException>()).Which;

            replayed.FaultType.Should().Be(fault.GetType().FullName);
            replayed.FaultMessage.Should().Be(fault.Message);
            replayed.Message.Should().Be($"Replayed fault {fault.GetType().FullName}: {fault.Message}");
            replayed.StatusCode.Should().Be((fault as HttpRequestException)?.StatusCode);
            ChatFault? was = ChatFaultClassifier.Default.Classify(fault);
            ChatFault? now = ChatFaultClassifier.Default.Classify(replayed);
            (now?.Kind, now?.StatusCode, now?.RetryAfter).Should().Be((was?.Kind, was?.StatusCode, was?.RetryAfter));
        }
    }

    [Fact]
    public async Task A_type_name_in_the_file_creates_nothing()
    {
        using (IChatClient client = new ScriptedChatClient().ThenThrow(new InvalidOperationException("bug")).WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<InvalidOperationException>();
        }

        _file.Write(_file.Text.Replace("System.InvalidOperationException", "Evil.Type, Evil", StringComparison.Ordinal));
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.Awaiting(r => r.TextAsync("q")).Should().ThrowAsync<ReplayedFaultException>()).Which.FaultType.Should().Be("Evil.Type, Evil");
    }

    [Fact]
    public async Task A_stream_that_failed_fails_after_the_same_updates()
    {
        using (IChatClient client = Broken().WithCassette(_file.Path, CassetteMode.Record))
        {
            (List<ChatResponseUpdate> updates, Exception? fault) = await client.StreamToItsFaultAsync("q");
            updates.Should().HaveCount(2);
            fault.Should().BeOfType<IOException>();
        }

        using (var replay = new ReplayChatClient(Cassette.Open(_file.Path)))
        {
            (List<ChatResponseUpdate> updates, Exception? fault) = await replay.StreamToItsFaultAsync("q");
            updates.Select(update => update.Text).Should().Equal("one ", "two ");
            fault.Should().BeOfType<ReplayedFaultException>().Which.InnerException.Should().BeOfType<IOException>();
        }

        using (var replay = new ReplayChatClient(Cassette.Open(_file.Path)))
        {
            await replay.Awaiting(r => r.TextAsync("q")).Should().ThrowAsync<ReplayedFaultException>();
        }
    }

    [Fact]
    public async Task A_stream_whose_reader_stops_is_replayed_as_far_as_it_was_read()
    {
        using (IChatClient client = new ScriptedChatClient("one two three").WithCassette(_file.Path, CassetteMode.Record))
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("q"))
            {
                update.Text.Should().Be("one ");
                break;
            }
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (List<ChatResponseUpdate> updates, Exception? fault) = await replay.StreamToItsFaultAsync("q");
        updates.Should().ContainSingle().Which.Text.Should().Be("one ");
        fault.Should().BeOfType<ReplayedFaultException>().Which.FaultMessage.Should().Be("The reader of the recorded stream stopped reading here, so what follows is not known.");
        fault!.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task A_call_that_the_caller_cancels_is_not_recorded()
    {
        using var cancelled = new CancellationTokenSource();
        using var model = new ScriptedChatClient("x") { Time = new ManualTime(), Latency = _ => TimeSpan.FromDays(1) };
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record))
        {
            Task<ChatResponse> call = client.GetResponseAsync([Ask.User("q")], null, cancelled.Token);
            await cancelled.CancelAsync();
            await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
            client.GetRequiredService<Cassette>().Count.Should().Be(0);
        }

        File.ReadAllBytes(_file.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_stream_that_the_caller_cancels_is_recorded_as_far_as_it_was_read()
    {
        using var cancelled = new CancellationTokenSource();
        using (IChatClient client = new ScriptedChatClient("one two").WithCassette(_file.Path, CassetteMode.Record))
        {
            await FluentActions.Awaiting(async () =>
            {
                await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", null, cancelled.Token))
                {
                    await cancelled.CancelAsync();
                }
            }).Should().ThrowAsync<OperationCanceledException>();
        }

        _file.Lines[1].Should().Contain("\"one \"").And.NotContain("two").And.EndWith("\"kind\":\"Abandoned\"}}");
    }

    [Fact]
    public async Task A_response_the_cassette_cannot_hold_is_an_error_that_says_what_to_do()
    {
        using IChatClient client = new ScriptedChatClient().Then(_ => new(new ChatMessage(ChatRole.Assistant, [new OwnContent()]))).WithCassette(_file.Path, CassetteMode.Record);

        await client.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<NotSupportedException>().WithMessage("A cassette cannot hold the OwnContent in this response;*");
    }

    [Fact]
    public async Task A_request_with_content_of_an_unknown_kind_is_told_apart_by_its_type()
    {
        using (IChatClient client = new ScriptedChatClient("x").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.GetResponseAsync([new ChatMessage(ChatRole.User, [new OwnContent()])]);
        }

        _file.Lines[1].Should().Contain("""{"kind":"other","value":"OwnContent"}""");
    }

    private static DelegateChatClient Broken() => new(stream: (_, _) => Stream());

    private static async IAsyncEnumerable<ChatResponseUpdate> Stream()
    {
        yield return new(ChatRole.Assistant, "one ");
        await Task.Yield();
        yield return new(ChatRole.Assistant, "two ");
        throw new IOException("cut");
    }

    private sealed class OwnContent : AIContent;
}
