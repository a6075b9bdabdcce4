using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class RequestMatchingTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    public static TheoryData<string, ChatOptions> Options => new()
    {
        { "model", new() { ModelId = "m" } },
        { "conversation", new() { ConversationId = "c" } },
        { "instructions", new() { Instructions = "i" } },
        { "temperature", new() { Temperature = 0.5f } },
        { "max tokens", new() { MaxOutputTokens = 5 } },
        { "top p", new() { TopP = 0.5f } },
        { "top k", new() { TopK = 5 } },
        { "frequency penalty", new() { FrequencyPenalty = 0.5f } },
        { "presence penalty", new() { PresencePenalty = 0.5f } },
        { "seed", new() { Seed = 5 } },
        { "reasoning", new() { Reasoning = new() { Effort = ReasoningEffort.High } } },
        { "stop", new() { StopSequences = ["x"] } },
        { "text", new() { ResponseFormat = ChatResponseFormat.Text } },
        { "json", new() { ResponseFormat = ChatResponseFormat.Json } },
        { "schema", new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("{}")) } },
        { "auto", new() { ToolMode = ChatToolMode.Auto } },
        { "none", new() { ToolMode = ChatToolMode.None } },
        { "required", new() { ToolMode = ChatToolMode.RequireAny } },
        { "one required", new() { ToolMode = ChatToolMode.RequireSpecific("f") } },
        { "parallel", new() { AllowMultipleToolCalls = true } },
        { "tool", new() { Tools = [AIFunctionFactory.Create((int x) => x, "f")] } },
        { "other parameter", new() { Tools = [AIFunctionFactory.Create((int y) => y, "f")] } },
        { "other description", new() { Tools = [AIFunctionFactory.Create((int x) => x, "f", "d")] } },
        { "hosted tool", new() { Tools = [new HostedWebSearchTool()] } },
    };

    [Fact]
    public async Task Every_option_that_decides_the_answer_tells_requests_apart()
    {
        ChatOptions[] all = [.. Options.Select(row => (ChatOptions)row[1])];
        using (IChatClient client = new ScriptedChatClient().Otherwise(request => $"{request.Turn}").WithCassette(_file.Path, CassetteMode.Record))
        {
            foreach (ChatOptions options in all)
            {
                await client.GetResponseAsync([Ask.User("q")], options);
            }

            await client.GetResponseAsync([Ask.User("q")], null);
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.GetResponseAsync([Ask.User("q")], new())).Text.Should().Be($"{all.Length + 1}", "no options and empty ones are the same");
        for (int i = all.Length; i > 0; i--)
        {
            (await replay.GetResponseAsync([Ask.User("q")], all[i - 1].Clone())).Text.Should().Be($"{i}");
        }
    }

    public static TheoryData<string, ChatMessage> Messages => new()
    {
        { "text", Ask.User("a") },
        { "role", new(ChatRole.System, "a") },
        { "author", new(ChatRole.User, "a") { AuthorName = "x" } },
        { "reasoning", new(ChatRole.User, [new TextReasoningContent("a")]) },
        { "text and reasoning", new(ChatRole.User, [new TextReasoningContent("a"), new TextContent("a")]) },
        { "call", new(ChatRole.User, [new FunctionCallContent("1", "f")]) },
        { "call with arguments", new(ChatRole.User, [new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["a"] = 1 })]) },
        { "two calls, first result", new(ChatRole.User, [new FunctionCallContent("1", "f"), new FunctionCallContent("2", "f"), new FunctionResultContent("1", "r")]) },
        { "two calls, second result", new(ChatRole.User, [new FunctionCallContent("1", "f"), new FunctionCallContent("2", "f"), new FunctionResultContent("2", "r")]) },
        { "result null", new(ChatRole.User, [new FunctionResultContent("1", null)]) },
        { "result", new(ChatRole.User, [new FunctionResultContent("1", "a")]) },
        { "result content", new(ChatRole.User, [new FunctionResultContent("1", new TextContent("a"))]) },
        { "data", new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]) },
        { "other data", new(ChatRole.User, [new DataContent(new byte[] { 2 }, "image/png")]) },
        { "uri", new(ChatRole.User, [new UriContent("https://x.org/", "image/png")]) },
        { "error", new(ChatRole.User, [new ErrorContent("a")]) },
        { "file", new(ChatRole.User, [new HostedFileContent("a")]) },
    };

    [Fact]
    public async Task Every_kind_of_content_tells_requests_apart()
    {
        ChatMessage[] all = [.. Messages.Select(row => (ChatMessage)row[1])];
        using (IChatClient client = new ScriptedChatClient().Otherwise(request => $"{request.Turn}").WithCassette(_file.Path, CassetteMode.Record))
        {
            foreach (ChatMessage message in all)
            {
                await client.GetResponseAsync([message]);
            }
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        for (int i = all.Length; i > 0; i--)
        {
            (await replay.GetResponseAsync([all[i - 1]])).Text.Should().Be($"{i}");
        }
    }

    public static TheoryData<string, ChatMessage, ChatMessage> Same => new()
    {
        { "pieces of text", new(ChatRole.User, [new TextContent("a"), new TextContent("b")]), Ask.User("ab") },
        { "message ids and times", Ask.User("a"), new(ChatRole.User, "a") { MessageId = "7", CreatedAt = DateTimeOffset.UnixEpoch } },
        { "ids of calls", Call("call_1", null), Call("random", null) },
        {
            "order and form of arguments",
            Call("1", new() { ["a"] = 1, ["b"] = new Dictionary<string, object?> { ["y"] = "x", ["z"] = true } }),
            Call("1", new() { ["b"] = JsonElement.Parse("""{ "z": true, "y": "x" }"""), ["a"] = JsonElement.Parse("1") })
        },
        { "usage among contents", new(ChatRole.User, [new TextContent("a"), new UsageContent(new()), new TextContent("b")]), Ask.User("ab") },
        { "opaque data of reasoning", new(ChatRole.User, [new TextReasoningContent("a") { ProtectedData = "x" }]), new(ChatRole.User, [new TextReasoningContent("a")]) },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public async Task What_does_not_decide_the_answer_does_not_tell_requests_apart(string what, ChatMessage recorded, ChatMessage replayed)
    {
        using (IChatClient client = new ScriptedChatClient("x").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.GetResponseAsync([recorded]);
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.GetResponseAsync([replayed])).Text.Should().Be("x", what);
    }

    [Fact]
    public async Task Arguments_that_json_cannot_hold_are_compared_by_their_text()
    {
        Dictionary<string, object?> arguments = new() { ["nan"] = double.NaN, ["own"] = new Own(), ["null"] = null, ["undefined"] = default(JsonElement) };
        using (IChatClient client = new ScriptedChatClient("x").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.GetResponseAsync([Call("1", arguments)]);
        }

        _file.Lines[1].Should().Contain("""{"nan":"NaN","null":null,"own":"own text","undefined":null}""");
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.GetResponseAsync([Call("1", arguments)])).Text.Should().Be("x");
    }

    private static ChatMessage Call(string id, Dictionary<string, object?>? arguments) =>
        new(ChatRole.Assistant, [new FunctionCallContent(id, "f", arguments), new FunctionResultContent(id, "r")]);

    private sealed class Own
    {
        public Own Self => this;

        public override string ToString() => "own text";
    }
}
