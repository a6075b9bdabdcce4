using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

/// <summary>Whatever a model answers comes back from the cassette as it was, streamed or not.</summary>
public sealed class CassetteRoundTripTests
{
    private static readonly JsonSerializerOptions s_json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    [Fact]
    public void A_response_comes_back_as_it_was() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Responses().ToArbitrary(), async response =>
        {
            ChatResponse replayed = await ReplayedAsync(new DelegateChatClient((_, _) => Task.FromResult(response)), client => client.GetResponseAsync("q"));
            Json(replayed).Should().Be(Json(response));
        }));

    [Fact]
    public void A_stream_comes_back_update_by_update() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Updates().ToArbitrary(), async updates =>
        {
            List<ChatResponseUpdate> replayed = await ReplayedAsync(new DelegateChatClient(stream: (_, _) => updates.ToAsyncEnumerable()), client => client.StreamAsync(Ask.User("q")));
            replayed.Select(Json).Should().Equal(updates.Select(Json));
        }));

    [Fact]
    public void A_stream_replayed_whole_is_the_response_its_updates_add_up_to() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Updates().ToArbitrary(), async updates =>
        {
            ChatResponse replayed = await ReplayedAsync(
                new DelegateChatClient(stream: (_, _) => updates.ToAsyncEnumerable()), client => client.StreamAsync(Ask.User("q")), client => client.GetResponseAsync("q"));
            Json(replayed).Should().Be(Json(updates.ToChatResponse()));
        }));

    [Fact]
    public void A_response_replayed_as_a_stream_adds_up_to_itself() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Responses().ToArbitrary(), async response =>
        {
            List<ChatResponseUpdate> replayed = await ReplayedAsync(
                new DelegateChatClient((_, _) => Task.FromResult(response)), client => client.GetResponseAsync("q"), client => client.StreamAsync(Ask.User("q")));
            ChatResponse whole = replayed.ToChatResponse();
            string.Concat(replayed).Should().Be(string.Concat(response.Messages));
            (whole.FinishReason, whole.ModelId, whole.ResponseId).Should().Be((response.FinishReason, response.ModelId, response.ResponseId));
            whole.Messages.SelectMany(message => message.Contents).Where(content => content is not (TextContent or TextReasoningContent)).Select(Json).Should()
                .Equal(response.Messages.SelectMany(message => message.Contents).Where(content => content is not (TextContent or TextReasoningContent)).Select(Json));
            (whole.Usage?.TotalTokenCount).Should().Be(response.Usage?.TotalTokenCount);
        }));

    [Fact]
    public async Task A_text_cut_inside_a_surrogate_pair_comes_back_as_it_was()
    {
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, "a\ud83d"), new(ChatRole.Assistant, "\ude00b\udc00"), new(ChatRole.Assistant, "😀")];

        List<ChatResponseUpdate> replayed = await ReplayedAsync(new DelegateChatClient(stream: (_, _) => updates.ToAsyncEnumerable()), client => client.StreamAsync(Ask.User("q")));

        replayed.Select(update => update.Text).Should().Equal("a\ud83d", "\ude00b\udc00", "😀");
    }

    private static Gen<AIContent> Contents()
    {
        Gen<string> text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => value.Item);
        Gen<string> name = Gen.Elements("f", "g", "größer");
        return Gen.OneOf<AIContent>(
            text.Select(AIContent (value) => new TextContent(value)),
            text.Select(AIContent (value) => new TextReasoningContent(value) { ProtectedData = value.Length % 2 == 0 ? "opaque" : null }),
            from id in name
            from function in name
            from value in text
            from number in ArbMap.Default.GeneratorFor<int>()
            select (AIContent)new FunctionCallContent(id, function, Arguments(value, number)),
            text.Select(AIContent (value) => new FunctionResultContent("c", JsonSerializer.SerializeToElement(value))),
            ArbMap.Default.GeneratorFor<byte[]>().Select(AIContent (bytes) => new DataContent(bytes, "image/png") { Name = bytes.Length > 2 ? "n" : null }),
            Gen.Constant<AIContent>(new UriContent("https://example.org/a?b=c#d", "text/html")),
            text.Select(AIContent (value) => new ErrorContent(value) { ErrorCode = "7", Details = value }),
            Gen.Constant<AIContent>(new HostedFileContent("file")));
    }

    private static Dictionary<string, object?> Arguments(string text, int number) => new()
    {
        ["a"] = JsonSerializer.SerializeToElement(text),
        ["b"] = JsonSerializer.SerializeToElement(number),
        ["c"] = JsonElement.Parse("[null,1.50,{\"x\":true}]"),
    };

    private static Gen<ChatMessage> Messages() =>
        from contents in Contents().ListOf()
        from role in Gen.Elements(ChatRole.Assistant, ChatRole.Tool)
        from hasAuthor in ArbMap.Default.GeneratorFor<bool>()
        select new ChatMessage(role, [.. contents])
        {
            MessageId = contents.Count == 0 ? null : "message",
            AuthorName = hasAuthor ? "Al" : null,
            CreatedAt = hasAuthor ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)) : null,
        };

    private static Gen<ChatResponse> Responses() =>
        from messages in Messages().ListOf()
        from tokens in Gen.Choose(-1, 1000)
        from finish in Gen.Elements<ChatFinishReason?>(null, ChatFinishReason.Stop, ChatFinishReason.ToolCalls, new ChatFinishReason("own"))
        select new ChatResponse([.. messages.Select((message, i) => Numbered(message, i))])
        {
            FinishReason = finish,
            ModelId = "model",
            ResponseId = tokens % 2 == 0 ? "response" : null,
            ConversationId = tokens % 3 == 0 ? "conversation" : null,
            CreatedAt = tokens % 5 == 0 ? DateTimeOffset.UnixEpoch : null,
            Usage = tokens < 0 ? null : new()
            {
                InputTokenCount = tokens,
                OutputTokenCount = 1,
                TotalTokenCount = tokens + 1,
                CachedInputTokenCount = 2,
                ReasoningTokenCount = 3,
                AdditionalCounts = tokens % 2 == 0 ? new() { ["own"] = 4 } : null,
            },
        };

    private static ChatMessage Numbered(ChatMessage message, int number)
    {
        message.MessageId = $"message {number}";
        return message;
    }

    private static Gen<List<ChatResponseUpdate>> Updates() =>
        from pieces in Contents().ListOf().ListOf()
        from finish in Gen.Elements<ChatFinishReason?>(null, ChatFinishReason.Stop)
        from usage in ArbMap.Default.GeneratorFor<bool>()
        select pieces.Select((contents, i) => new ChatResponseUpdate(i == 0 ? ChatRole.Assistant : null, [.. contents])
        {
            ResponseId = "response",
            MessageId = i < 3 ? "one" : "two",
            ModelId = "model",
            AuthorName = i == 1 ? "Al" : null,
        }).Append(new ChatResponseUpdate(null, usage ? [new UsageContent(new() { InputTokenCount = 1 })] : [])
        {
            FinishReason = finish,
            ConversationId = "conversation",
            CreatedAt = DateTimeOffset.UnixEpoch,
        }).ToList();

    private static Task<T> ReplayedAsync<T>(IChatClient model, Func<IChatClient, Task<T>> call) => ReplayedAsync(model, call, call);

    private static async Task<TReplayed> ReplayedAsync<TRecorded, TReplayed>(IChatClient model, Func<IChatClient, Task<TRecorded>> record, Func<IChatClient, Task<TReplayed>> replay)
    {
        using var file = new TemporaryFile();
        using (IChatClient client = model.WithCassette(file.Path, CassetteMode.Record))
        {
            await record(client);
        }

        using var cassette = Cassette.Open(file.Path);
        TReplayed replayed = await replay(new ReplayChatClient(cassette));
        cassette.AssertAllPlayed();
        return replayed;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, s_json);
}
