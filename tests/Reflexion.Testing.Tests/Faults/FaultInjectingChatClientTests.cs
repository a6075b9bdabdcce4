using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class FaultInjectingChatClientTests
{
    private const string Reply = """{"answer": "a rather long one", "sure": true}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limited_rate_says_how_long_to_wait(bool streams)
    {
        (Exception fault, ScriptedChatClient model) = await FailAsync(FaultKind.RateLimited, streams);

        HttpFaultException limited = fault.Should().BeOfType<HttpFaultException>().Subject;
        limited.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        limited.RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
        model.RequestCount.Should().Be(0);
        Classify(fault).Kind.Should().Be(ChatFaultKind.RateLimited);
        Classify(fault).RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(FaultKind.ServerError, HttpStatusCode.InternalServerError, false)]
    [InlineData(FaultKind.ServerError, HttpStatusCode.InternalServerError, true)]
    [InlineData(FaultKind.Unavailable, HttpStatusCode.ServiceUnavailable, false)]
    [InlineData(FaultKind.Unavailable, HttpStatusCode.ServiceUnavailable, true)]
    public async Task A_failing_server_gives_its_status(FaultKind kind, HttpStatusCode status, bool streams)
    {
        (Exception fault, ScriptedChatClient model) = await FailAsync(kind, streams);

        fault.Should().BeOfType<HttpRequestException>().Which.StatusCode.Should().Be(status);
        model.RequestCount.Should().Be(0);
        Classify(fault).Kind.Should().Be(ChatFaultKind.Transient);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timeout_looks_like_that_of_an_http_client(bool streams)
    {
        (Exception fault, ScriptedChatClient model) = await FailAsync(FaultKind.Timeout, streams);

        fault.Should().BeOfType<TaskCanceledException>().Which.InnerException.Should().BeOfType<TimeoutException>();
        model.RequestCount.Should().Be(0);
        Classify(fault).Kind.Should().Be(ChatFaultKind.Timeout);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_connection_is_an_io_fault(bool streams)
    {
        (Exception fault, ScriptedChatClient model) = await FailAsync(FaultKind.ConnectionReset, streams);

        HttpIOException reset = fault.Should().BeOfType<HttpIOException>().Subject;
        reset.HttpRequestError.Should().Be(HttpRequestError.ConnectionError);
        reset.InnerException.Should().BeOfType<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        model.RequestCount.Should().Be(0);
        Classify(fault).Kind.Should().Be(ChatFaultKind.Transient);
    }

    [Theory]
    [InlineData(FaultKind.TruncatedText, "stop")]
    [InlineData(FaultKind.LengthLimit, "length")]
    [InlineData(FaultKind.SilentlyCutStream, null)]
    public async Task A_text_is_cut_at_a_point_that_differs_from_call_to_call(FaultKind kind, string? finish)
    {
        using FaultInjectingChatClient client = Client(kind);
        var lengths = new HashSet<int>();
        for (int i = 0; i < 40; i++)
        {
            ChatResponse response = await client.GetResponseAsync($"q{i}");
            Reply.Should().StartWith(response.Text);
            response.Text.Length.Should().BeLessThan(Reply.Length);
            response.FinishReason.Should().Be(finish is null ? null : new ChatFinishReason(finish));
            response.ModelId.Should().Be("scripted");
            response.Usage!.OutputTokenCount.Should().BePositive();
            response.Invoking(r => JsonElement.Parse(r.Text)).Should().Throw<JsonException>();
            lengths.Add(response.Text.Length);
        }

        lengths.Count.Should().BeGreaterThan(10);
        client.Injected.Should().OnlyContain(fault => fault.Kind == kind).And.HaveCount(40);
    }

    [Theory]
    [InlineData(FaultKind.TruncatedText)]
    [InlineData(FaultKind.LengthLimit)]
    [InlineData(FaultKind.EmptyReply)]
    [InlineData(FaultKind.ContentFilter)]
    [InlineData(FaultKind.SlowTokens)]
    public async Task A_faulty_stream_adds_up_to_the_faulty_response(FaultKind kind)
    {
        for (int i = 0; i < 20; i++)
        {
            using FaultInjectingChatClient whole = Client(kind);
            using FaultInjectingChatClient stream = Client(kind);

            ChatResponse expected = await whole.GetResponseAsync($"q{i}");
            ChatResponse actual = (await stream.StreamAsync(Ask.User($"q{i}"))).ToChatResponse();

            (actual.Text, actual.FinishReason, actual.Usage?.TotalTokenCount).Should().Be((expected.Text, expected.FinishReason, expected.Usage?.TotalTokenCount));
        }
    }

    [Theory]
    [InlineData(FaultKind.EmptyReply, "stop")]
    [InlineData(FaultKind.ContentFilter, "content_filter")]
    public async Task A_reply_is_empty(FaultKind kind, string finish)
    {
        using FaultInjectingChatClient client = Client(kind);

        ChatResponse response = await client.GetResponseAsync("q");

        response.Messages.Should().ContainSingle().Which.Contents.Should().BeEmpty();
        response.FinishReason.Should().Be(new ChatFinishReason(finish));
    }

    [Fact]
    public async Task A_cut_stream_fails_after_some_updates()
    {
        using FaultInjectingChatClient client = Client(FaultKind.CutStream);
        var counts = new HashSet<int>();
        for (int i = 0; i < 40; i++)
        {
            (List<ChatResponseUpdate> updates, Exception? fault) = await client.StreamToItsFaultAsync($"q{i}");
            fault.Should().BeOfType<HttpIOException>().Which.HttpRequestError.Should().Be(HttpRequestError.ResponseEnded);
            Reply.Should().StartWith(string.Concat(updates));
            updates.Should().NotContain(update => update.FinishReason != null);
            counts.Add(updates.Count);
        }

        counts.Should().BeEquivalentTo(Enumerable.Range(0, 8), "the reply has seven words and a last update");
        await client.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<HttpIOException>();
    }

    [Fact]
    public async Task A_silently_cut_stream_just_ends()
    {
        using FaultInjectingChatClient client = Client(FaultKind.SilentlyCutStream);
        for (int i = 0; i < 40; i++)
        {
            List<ChatResponseUpdate> updates = await client.StreamAsync(Ask.User($"q{i}"));
            updates.Count.Should().BeLessThan(8);
            updates.Should().NotContain(update => update.FinishReason != null);
        }
    }

    [Fact]
    public async Task A_silently_cut_stream_shows_no_finish_reason_even_where_updates_follow_it()
    {
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, "a") { FinishReason = ChatFinishReason.Stop }, .. Enumerable.Range(0, 50).Select(_ => new ChatResponseUpdate())];
        using var client = new FaultInjectingChatClient(
            new DelegateChatClient(stream: (_, _) => updates.ToAsyncEnumerable()), new FaultPlan(1).With(FaultKind.SilentlyCutStream, 1));

        (await client.StreamAsync(Ask.User("q"))).Should().BeEmpty();
    }

    [Fact]
    public async Task Slow_tokens_take_the_clocks_time()
    {
        var time = new ManualTime { IsHurried = true };
        using FaultInjectingChatClient client = Client(FaultKind.SlowTokens, time);

        (await client.StreamTextAsync("q")).Should().Be(Reply);
        time.Waits.Should().HaveCount(8).And.OnlyContain(wait => wait == TimeSpan.FromMilliseconds(20));
        time.Waits.Clear();
        (await client.TextAsync("q")).Should().Be(Reply);
        time.Waits.Should().ContainSingle().Which.Should().Be(TimeSpan.FromMilliseconds(160));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_hangs_ends_when_it_is_cancelled(bool streams)
    {
        using FaultInjectingChatClient client = Client(FaultKind.Hang);
        using var cancelled = new CancellationTokenSource();

        Task call = streams
            ? client.GetStreamingResponseAsync("q", null, cancelled.Token).ToListAsync().AsTask()
            : client.GetResponseAsync("q", null, cancelled.Token);
        call.IsCompleted.Should().BeFalse();
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        client.GetRequiredService<ScriptedChatClient>().RequestCount.Should().Be(0);
    }

    [Fact]
    public async Task Arguments_of_calls_cannot_be_read_where_there_is_no_text_to_cut()
    {
        FunctionCallContent call = ScriptedReply.Call("f", """{"a":1}""");
        using var client = new FaultInjectingChatClient(
            new ScriptedChatClient().When(_ => true, _ => ScriptedReply.Calls(call)), new FaultPlan(1).With(FaultKind.TruncatedText, 1));

        FunctionCallContent cut = (await client.GetResponseAsync("q")).Messages.Single().Contents.OfType<FunctionCallContent>().Single();

        (cut.CallId, cut.Name, cut.Arguments).Should().Be(("call_1", "f", null));
        cut.Exception.Should().BeOfType<JsonException>();
        call.Exception.Should().BeNull("the model's own reply stays as it is");
        call.Arguments.Should().ContainKey("a");
    }

    [Fact]
    public async Task Calls_beside_a_cut_text_stay_but_are_missing_at_the_length_limit()
    {
        foreach ((FaultKind kind, int calls) in new[] { (FaultKind.TruncatedText, 1), (FaultKind.LengthLimit, 0) })
        {
            using var model = new ScriptedChatClient().When(_ => true, _ => new(new ChatMessage(ChatRole.Assistant, [new TextContent("thinking"), ScriptedReply.Call("f")])));
            using var client = new FaultInjectingChatClient(model, new FaultPlan(1).With(kind, 1));

            FunctionCallContent[] left = [.. (await client.GetResponseAsync("q")).Messages.Single().Contents.OfType<FunctionCallContent>()];

            left.Should().HaveCount(calls).And.NotContain(call => call.Exception != null);
        }
    }

    [Fact]
    public async Task A_cut_leaves_whole_characters()
    {
        using var client = new FaultInjectingChatClient(new ScriptedChatClient().Otherwise("😀😀😀"), new FaultPlan(1).With(FaultKind.TruncatedText, 1));
        for (int i = 0; i < 30; i++)
        {
            (await client.TextAsync($"q{i}")).Should().BeOneOf("", "😀", "😀😀");
        }
    }

    [Fact]
    public async Task Cancellation_goes_before_a_fault()
    {
        using FaultInjectingChatClient client = Client(FaultKind.ServerError);
        var cancelled = new CancellationToken(true);

        await client.Awaiting(c => c.GetResponseAsync("q", null, cancelled)).Should().ThrowAsync<OperationCanceledException>();
        (await client.StreamToItsFaultAsync("q", cancelled)).Fault.Should().BeAssignableTo<OperationCanceledException>();
        client.Calls.Should().Be(0);
    }

    [Fact]
    public void A_client_without_a_plan_is_refused() =>
        FluentActions.Invoking(() => new FaultInjectingChatClient(new ScriptedChatClient(), null!)).Should().Throw<ArgumentNullException>();

    private static FaultInjectingChatClient Client(FaultKind kind, ManualTime? time = null) => new(
        new ScriptedChatClient { KeepsRequests = false }.Otherwise(Reply),
        new FaultPlan(1) { RetryAfter = TimeSpan.FromSeconds(3), TokenDelay = TimeSpan.FromMilliseconds(20), Time = time ?? new() { IsHurried = true } }.With(kind, 1));

    private static async Task<(Exception Fault, ScriptedChatClient Model)> FailAsync(FaultKind kind, bool streams)
    {
        using FaultInjectingChatClient client = Client(kind);
        Exception fault = (await client.Awaiting(c => streams ? c.StreamTextAsync("q") : c.TextAsync("q")).Should().ThrowAsync<Exception>()).Which;
        client.Injected.Should().ContainSingle().Which.Kind.Should().Be(kind);
        client.Injected[0].Occurrence.Should().Be(1);
        return (fault, client.GetRequiredService<ScriptedChatClient>());
    }

    private static ChatFault Classify(Exception fault) => ChatFaultClassifier.Default.Classify(fault)!;
}
