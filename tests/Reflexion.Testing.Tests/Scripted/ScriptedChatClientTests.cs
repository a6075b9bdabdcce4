using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class ScriptedChatClientTests
{
    [Fact]
    public async Task Turns_are_answered_in_order_and_then_the_last_resort()
    {
        using ScriptedChatClient client = new ScriptedChatClient("one", "two").Otherwise(request => $"turn {request.Turn}");

        (await client.TextAsync("a")).Should().Be("one");
        (await client.TextAsync("b")).Should().Be("two");
        (await client.TextAsync("c")).Should().Be("turn 3");
        client.RequestCount.Should().Be(3);
        client.Requests.Select(request => request.Last).Should().Equal("a", "b", "c");
        client.LastRequest.Last.Should().Be("c");
    }

    [Fact]
    public async Task A_rule_goes_before_turns_and_the_first_rule_that_matches_answers()
    {
        using ScriptedChatClient client = new ScriptedChatClient("turn")
            .When(request => request.Contains("x"), "first")
            .When(request => request.Contains("x") || request.Contains("y"), _ => ScriptedReply.Text("second"))
            .Otherwise("other");

        (await client.TextAsync("x")).Should().Be("first");
        (await client.TextAsync("y")).Should().Be("second");
        (await client.TextAsync("z")).Should().Be("turn");
        (await client.TextAsync("z")).Should().Be("other");
    }

    [Fact]
    public async Task A_request_without_a_reply_says_what_was_asked()
    {
        using var client = new ScriptedChatClient();

        ScriptExhaustedException fault = (await client.Awaiting(c => c.TextAsync("why?")).Should().ThrowAsync<ScriptExhaustedException>()).Which;
        fault.Message.Should().Be("The script holds no reply to request 1. Add a turn, a rule that matches it, or a reply for all others. The request was:\nuser: why?");
        fault.Request.Turn.Should().Be(1);
    }

    [Fact]
    public async Task Tool_calls_are_scripted_with_json_as_providers_send_it()
    {
        using ScriptedChatClient client = new ScriptedChatClient()
            .ThenCall("search", """{"query":"Paris","top":3}""")
            .ThenCall("finish", new Dictionary<string, object?> { ["answer"] = 42 })
            .ThenCall("look");

        ChatResponse first = await client.GetResponseAsync([Ask.User("go")]);
        FunctionCallContent call = first.Messages.Single().Contents.Should().ContainSingle().Which.Should().BeOfType<FunctionCallContent>().Subject;
        call.Name.Should().Be("search");
        call.CallId.Should().Be("call_1");
        call.Arguments!["query"].Should().BeOfType<JsonElement>().Which.GetString().Should().Be("Paris");
        call.Arguments!["top"].Should().BeOfType<JsonElement>().Which.GetInt32().Should().Be(3);
        first.FinishReason.Should().Be(ChatFinishReason.ToolCalls);

        ChatResponse second = await client.GetResponseAsync([Ask.User("go")]);
        FunctionCallContent finish = second.Messages.Single().Contents.OfType<FunctionCallContent>().Single();
        (finish.CallId, finish.Arguments!["answer"]).Should().Be(("call_2", (object)42));

        ChatResponse third = await client.GetResponseAsync([Ask.User("go")]);
        third.Messages.Single().Contents.OfType<FunctionCallContent>().Single().Arguments.Should().BeEmpty();
    }

    [Theory]
    [InlineData("[1]", "The arguments of a call are a JSON object, not Array: [1]*")]
    [InlineData("{", "The arguments of a call are a JSON object, but this is no JSON: {*")]
    public void Arguments_that_are_no_json_object_are_refused(string json, string message) =>
        FluentActions.Invoking(() => new ScriptedChatClient().ThenCall("f", json)).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public async Task A_turn_can_fail()
    {
        using ScriptedChatClient client = new ScriptedChatClient().ThenThrow(new TimeoutException("slow")).Then("fine");

        await client.Awaiting(c => c.TextAsync("a")).Should().ThrowAsync<TimeoutException>().WithMessage("slow");
        (await client.StreamTextAsync("a")).Should().Be("fine");
    }

    [Fact]
    public async Task Streams_come_word_by_word_and_end_with_finish_reason_and_usage()
    {
        using var client = new ScriptedChatClient("one two  three");

        List<ChatResponseUpdate> updates = await client.StreamAsync(Ask.User("12345"));

        updates.Select(update => update.Text).Should().Equal("one ", "two ", " ", "three", "");
        updates[^1].FinishReason.Should().Be(ChatFinishReason.Stop);
        updates.Take(4).Should().OnlyContain(update => update.FinishReason == null && update.ModelId == "scripted" && update.Role == ChatRole.Assistant);
        UsageDetails usage = updates.ToChatResponse().Usage!;
        (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount).Should().Be((2, 4, 6));
    }

    [Fact]
    public async Task Usage_counts_a_token_per_four_characters_of_each_message_over_all_its_texts()
    {
        using var client = new ScriptedChatClient("12345678");

        ChatResponse response = await client.GetResponseAsync(
            [Ask.User("12345"), new(ChatRole.User, [new TextContent("1234"), new UriContent("https://x.org/a.png", "image/png"), new TextContent("5678")])]);

        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount).Should().Be((4, 2, 6));
    }

    [Fact]
    public async Task A_reply_keeps_the_model_and_usage_it_has()
    {
        using ScriptedChatClient client = new ScriptedChatClient { ModelId = "mine" }
            .Then(_ => new(new ChatMessage(ChatRole.Assistant, "x")) { ModelId = "theirs", Usage = new() { InputTokenCount = 7 } })
            .Then("y");

        ChatResponse first = await client.GetResponseAsync([Ask.User("a")]);
        (first.ModelId, first.Usage!.InputTokenCount).Should().Be(("theirs", 7));
        (await client.GetResponseAsync([Ask.User("a")])).ModelId.Should().Be("mine");
    }

    [Fact]
    public async Task Latency_passes_on_the_clock_given()
    {
        var time = new ManualTime();
        using ScriptedChatClient client = new ScriptedChatClient("done") { Time = time, Latency = request => TimeSpan.FromSeconds(request.Last.Length) };

        Task<string> call = client.TextAsync("abc");
        call.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(2.9));
        call.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));
        (await call).Should().Be("done");
    }

    [Fact]
    public async Task A_call_that_waits_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        using var client = new ScriptedChatClient("done") { Time = new ManualTime(), Latency = _ => TimeSpan.FromDays(1) };

        Task<ChatResponse> call = client.GetResponseAsync([Ask.User("a")], null, cancelled.Token);
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_cancelled_call_takes_no_turn()
    {
        using var client = new ScriptedChatClient("done");
        var cancelled = new CancellationToken(true);

        Task<ChatResponse> call = client.GetResponseAsync([Ask.User("a")], null, cancelled);

        call.IsCanceled.Should().BeTrue();
        (await client.StreamToItsFaultAsync("a", cancelled)).Fault.Should().BeAssignableTo<OperationCanceledException>();
        client.RequestCount.Should().Be(0);
        (await client.TextAsync("b")).Should().Be("done");
    }

    [Fact]
    public async Task Kept_requests_do_not_change_with_the_callers_lists()
    {
        using var client = new ScriptedChatClient("done");
        List<ChatMessage> messages = [Ask.User("a")];
        var options = new ChatOptions { ModelId = "m" };

        await client.GetResponseAsync(messages, options);
        messages.Add(Ask.User("b"));
        options.ModelId = "changed";

        client.LastRequest.Messages.Should().ContainSingle();
        client.LastRequest.Options!.ModelId.Should().Be("m");
    }

    [Fact]
    public async Task Requests_that_are_not_kept_are_counted_and_show_the_callers_own_messages()
    {
        ScriptedRequest? seen = null;
        using ScriptedChatClient client = new ScriptedChatClient { KeepsRequests = false }.Otherwise(request =>
        {
            seen = request;
            return $"{request.Turn}: {request.Last} {request.Messages.Length}";
        });

        (await client.TextAsync("a")).Should().Be("1: a 1");
        (await client.TextAsync("b")).Should().Be("2: b 1");
        (await client.GetResponseAsync(Enumerable.Range(0, 2).Select(i => Ask.User($"{i}")))).Text.Should().Be("3: 1 2");
        client.Requests.Should().BeEmpty();
        client.RequestCount.Should().Be(3);
        seen!.Messages.Should().HaveCount(2);
        client.Invoking(c => c.LastRequest).Should().Throw<InvalidOperationException>().WithMessage("Requests are not kept; leave KeepsRequests on to look at them.");
    }

    [Fact]
    public void The_last_request_of_a_client_that_received_none_is_an_error() =>
        new ScriptedChatClient().Invoking(c => c.LastRequest).Should().Throw<InvalidOperationException>().WithMessage("The client has received no request.");

    [Fact]
    public async Task A_call_of_the_instant_client_allocates_little_whatever_the_prompt()
    {
        using ScriptedChatClient client = new ScriptedChatClient { KeepsRequests = false }.Otherwise(_ => "done");
        ChatMessage[] messages = [.. Enumerable.Range(0, 500).Select(_ => Ask.User("a long conversation"))];
        await client.GetResponseAsync(messages);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = client.GetResponseAsync(messages);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThan(1024);
    }

    [Fact]
    public async Task Turns_left_over_can_be_asserted()
    {
        using var client = new ScriptedChatClient("one", "two", "three");
        await client.TextAsync("a");

        client.Invoking(c => c.AssertAllPlayed()).Should().Throw<ScriptNotFinishedException>()
            .WithMessage("2 of 3 scripted turns were never asked for: the code under test made fewer calls than the script expects.").Which.Left.Should().Be(2);
        await client.TextAsync("b");
        await client.TextAsync("c");
        client.AssertAllPlayed();
    }

    [Fact]
    public async Task Many_calls_at_once_each_get_one_turn()
    {
        string[] replies = [.. Enumerable.Range(0, 500).Select(i => $"{i}")];
        using var client = new ScriptedChatClient(replies);

        string[] answers = await Task.WhenAll(replies.Select(reply => Task.Run(() => client.TextAsync(reply))));

        answers.Should().BeEquivalentTo(replies);
        client.Requests.Select(request => request.Turn).Should().Equal(Enumerable.Range(1, 500));
    }

    [Fact]
    public void Services_are_the_client_itself_and_its_metadata()
    {
        using var client = new ScriptedChatClient { ModelId = "m" };

        client.GetService<ScriptedChatClient>().Should().BeSameAs(client);
        client.GetService<ChatClientMetadata>()!.DefaultModelId.Should().Be("m");
        client.GetService<ChatClientMetadata>()!.ProviderName.Should().Be("scripted");
        client.GetService<string>().Should().BeNull();
        client.GetService(typeof(IChatClient), "key").Should().BeNull();
    }

    [Fact]
    public async Task A_null_is_refused_at_the_door()
    {
        using var client = new ScriptedChatClient();

        await client.Awaiting(c => c.GetResponseAsync((IEnumerable<ChatMessage>)null!)).Should().ThrowAsync<ArgumentNullException>();
        client.Invoking(c => c.Then((Func<ScriptedRequest, ChatResponse>)null!)).Should().Throw<ArgumentNullException>();
        client.Invoking(c => c.ThenThrow(null!)).Should().Throw<ArgumentNullException>();
        client.Invoking(c => c.ThenCall(" ")).Should().Throw<ArgumentException>();
        client.Invoking(c => c.ThenCall("f", (IReadOnlyDictionary<string, object?>)null!)).Should().Throw<ArgumentNullException>();
        client.Invoking(c => c.When(null!, "x")).Should().Throw<ArgumentNullException>();
        client.Invoking(c => c.Otherwise((string)null!)).Should().Throw<ArgumentNullException>();
        client.Invoking(c => c.Otherwise((Func<ScriptedRequest, string>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ScriptedReply.Calls()).Should().Throw<ArgumentOutOfRangeException>();
    }
}
