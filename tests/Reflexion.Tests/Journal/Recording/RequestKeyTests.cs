using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class RequestKeyTests
{
    private static readonly ChatMessage[] Plain = [new(ChatRole.System, "Work."), new(ChatRole.User, "Where?")];

    public static TheoryData<int> Others => [.. Enumerable.Range(0, OtherRequests().Length)];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_asked_differently_has_another_key(int index)
    {
        string[] keys = [KeyOf(Plain, null), .. OtherRequests().Select(request => KeyOf(request.Messages, request.Options))];

        keys.Where((_, other) => other != index + 1).Should().NotContain(keys[index + 1]);
        keys[index + 1].Should().MatchRegex("^[0-9a-f]{32}$");
    }

    [Fact]
    public void A_key_does_not_depend_on_how_arguments_and_results_are_held()
    {
        ChatMessage[] live = [new(ChatRole.Assistant, [Call(new() { ["a"] = 1, ["b"] = "x" })]), new(ChatRole.Tool, [new FunctionResultContent("c", "7")])];
        ChatMessage[] recorded =
        [
            new(ChatRole.Assistant, [Call(new() { ["a"] = JsonSerializer.SerializeToElement(1), ["b"] = JsonSerializer.SerializeToElement("x") })]),
            new(ChatRole.Tool, [new FunctionResultContent("c", "7") { Exception = new RecordedException("T", "m") }]),
        ];

        KeyOf(live, null).Should().Be(KeyOf(recorded, null));
        KeyOf(Plain, new() { AdditionalProperties = new() { ["trace"] = "1" } }).Should().Be(KeyOf(Plain, new()), "what the application attaches decides nothing");
    }

    [Fact]
    public void Who_asks_is_part_of_the_key() =>
        RequestKey.Of(AgentComponent.Evaluator, Plain, null).Should().NotBe(RequestKey.Of(AgentComponent.Reflector, Plain, null));

    private static (ChatMessage[] Messages, ChatOptions? Options)[] OtherRequests() =>
    [
        ([Plain[1], Plain[0]], null),
        ([new(ChatRole.System, "Work.Where?")], null),
        ([new(ChatRole.System, "Work."), new(ChatRole.User, "Where?") { AuthorName = "Ann" }], null),
        ([new(ChatRole.System, "Work."), new(ChatRole.User, [new TextReasoningContent("Where?")])], null),
        ([new(ChatRole.User, [Call([])])], null),
        ([new(ChatRole.User, [Call(new() { ["a"] = 1 })])], null),
        ([new(ChatRole.Tool, [new FunctionResultContent("c", null)])], null),
        ([new(ChatRole.Tool, [new FunctionResultContent("c", "")])], null),
        ([new(ChatRole.Tool, [new FunctionResultContent("c", 1.5)])], null),
        ([new(ChatRole.Tool, [new FunctionResultContent("c", JsonDocument.Parse("[1]").RootElement)])], null),
        ([new(ChatRole.Tool, [new FunctionResultContent("c", new Uri("http://a"))])], null),
        ([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], null),
        ([new(ChatRole.User, [new DataContent(new byte[] { 2 }, "image/png")])], null),
        ([new(ChatRole.User, [new UriContent("http://a/b.png", "image/png")])], null),
        ([new(ChatRole.User, [new ErrorContent("e")])], null),
        (Plain, new() { ModelId = "m" }),
        (Plain, new() { Instructions = "m" }),
        (Plain, new() { Temperature = 0.5f }),
        (Plain, new() { TopP = 0.5f }),
        (Plain, new() { TopK = 5 }),
        (Plain, new() { MaxOutputTokens = 5 }),
        (Plain, new() { Seed = 5 }),
        (Plain, new() { StopSequences = ["5"] }),
        (Plain, new() { ToolMode = ChatToolMode.RequireAny }),
        (Plain, new() { Tools = [OneToolModel.Tool] }),
        (Plain, new() { ResponseFormat = ChatResponseFormat.Text }),
        (Plain, new() { ResponseFormat = ChatResponseFormat.Json }),
        (Plain, new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(new { type = "object" }), "s") }),
    ];

    private static FunctionCallContent Call(Dictionary<string, object?> arguments) => new("c", "look", arguments);

    private static string KeyOf(ChatMessage[] messages, ChatOptions? options) => RequestKey.Of(AgentComponent.Actor, messages, options);
}
