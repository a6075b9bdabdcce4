namespace Reflexion.Tests;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class OpenAIWire : WireFormat
{
    private const string Usage = """{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":2}}""";

    public override string Path => "/v1/chat/completions";

    public override int EventsBeforeText => 1;

    public override string Body(string text) => Completion($$$$"""{"role":"assistant","content":{{{{Quoted(text)}}}}}""", "stop");

    public override IReadOnlyList<string> Events(string text) =>
    [
        Chunk("""{"role":"assistant","content":""}"""),
        .. Words(text).Select(word => Chunk($$$$"""{"content":{{{{Quoted(word)}}}}}""")),
        .. End("stop"),
    ];

    public override string ToolCallBody(string name, string arguments) => Completion(
        $$$$"""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"{{{{name}}}}","arguments":{{{{Quoted(arguments)}}}}}}]}""",
        "tool_calls");

    public override IReadOnlyList<string> ToolCallEvents(string name, string arguments) =>
    [
        Chunk($$$$"""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"{{{{name}}}}","arguments":""}}]}"""),
        .. new[] { arguments[..3], arguments[3..] }.Select(piece =>
            Chunk($$$$"""{"tool_calls":[{"index":0,"function":{"arguments":{{{{Quoted(piece)}}}}}}]}""")),
        .. End("tool_calls"),
    ];

    public override string Error(int status, string message) =>
        $$$$"""{"error":{"message":{{{{Quoted(message)}}}},"type":"error_of_some_type","param":null,"code":"code_{{{{status}}}}"}}""";

    public override string ErrorEvent(string message) => Data(Json(Error(500, message)));

    private static string Completion(string message, string finish) =>
        $$$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1767614400,"model":"test-model","choices":[{"index":0,"message":{{{{message}}}},"logprobs":null,"finish_reason":"{{{{finish}}}}"}],"usage":{{{{Usage}}}}}""";

    private static string Chunk(string delta, string finish = "null") =>
        Raw($$$$"""[{"index":0,"delta":{{{{delta}}}},"finish_reason":{{{{finish}}}}}]""", "null");

    private static string Raw(string choices, string usage) => Data(Json(
        $$$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767614400,"model":"test-model","choices":{{{{choices}}}},"usage":{{{{usage}}}}}"""));

    private static string[] End(string finish) =>
        [Chunk("{}", $"\"{finish}\""), Raw("[]", Usage), "data: [DONE]\n\n"];
}
