namespace Reflexion.Tests;

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicWire : WireFormat
{
    private const string Usage = """{"input_tokens":7,"output_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}""";

    public override string Path => "/v1/messages";

    public override int EventsBeforeText => 3;

    public override string Body(string text) => Message($$$$"""[{"type":"text","text":{{{{Quoted(text)}}}}}]""", "\"end_turn\"");

    public override IReadOnlyList<string> Events(string text) =>
    [
        Event("message_start", $$$$"""{"type":"message_start","message":{{{{Message("[]", "null")}}}}}"""),
        Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        Event("ping", """{"type":"ping"}"""),
        .. Words(text).Select(word =>
            Event("content_block_delta", $$$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{{Quoted(word)}}}}}}""")),
        .. End("end_turn"),
    ];

    public override string ToolCallBody(string name, string arguments) =>
        Message($$$$"""[{"type":"tool_use","id":"toolu_1","name":"{{{{name}}}}","input":{{{{arguments}}}}}]""", "\"tool_use\"");

    public override IReadOnlyList<string> ToolCallEvents(string name, string arguments) =>
    [
        Event("message_start", $$$$"""{"type":"message_start","message":{{{{Message("[]", "null")}}}}}"""),
        Event("content_block_start", $$$$"""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"{{{{name}}}}","input":{}}}"""),
        .. new[] { arguments[..3], arguments[3..] }.Select(piece =>
            Event("content_block_delta", $$$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":{{{{Quoted(piece)}}}}}}""")),
        .. End("tool_use"),
    ];

    public override string Error(int status, string message) =>
        $$$$"""{"type":"error","error":{"type":"{{{{TypeOf(status)}}}}","message":{{{{Quoted(message)}}}}},"request_id":"req_1"}""";

    public override string ErrorEvent(string message) => Event("error", Error(529, message));

    private static string TypeOf(int status) => status switch
    {
        400 => "invalid_request_error",
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ => "api_error",
    };

    private static string Message(string content, string stop) =>
        $$$$"""{"id":"msg_1","type":"message","role":"assistant","model":"test-model","content":{{{{content}}}},"stop_reason":{{{{stop}}}},"stop_sequence":null,"usage":{{{{Usage}}}}}""";

    private static string Event(string type, string data) => $"event: {type}\ndata: {Json(data).ToJsonString()}\n\n";

    private static string[] End(string stop) =>
    [
        Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        Event("message_delta", $$$$"""{"type":"message_delta","delta":{"stop_reason":"{{{{stop}}}}","stop_sequence":null},"usage":{"output_tokens":3}}"""),
        Event("message_stop", """{"type":"message_stop"}"""),
    ];
}
