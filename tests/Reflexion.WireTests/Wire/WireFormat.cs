using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reflexion.Tests;

/// <summary>How a provider writes its replies: as a body, as server-sent events, and its errors.</summary>
internal abstract class WireFormat
{
    public static WireFormat Of(string provider) => provider == "openai" ? new OpenAIWire() : new AnthropicWire();

    public abstract string Path { get; }

    public abstract string Body(string text);

    /// <summary>The whole stream, one event a string; every word of the text is an event of its own.</summary>
    public abstract IReadOnlyList<string> Events(string text);

    public abstract string ToolCallBody(string name, string arguments);

    public abstract IReadOnlyList<string> ToolCallEvents(string name, string arguments);

    public abstract string Error(int status, string message);

    /// <summary>An error in the middle of a stream.</summary>
    public abstract string ErrorEvent(string message);

    /// <summary>How many events come before the first that has text.</summary>
    public abstract int EventsBeforeText { get; }

    protected static IEnumerable<string> Words(string text) =>
        text.Split(' ').Select((word, index) => index == 0 ? word : " " + word);

    protected static string Data(JsonNode data) => $"data: {data.ToJsonString()}\n\n";

    protected static string Quoted(string text) => JsonSerializer.Serialize(text);

    protected static JsonNode Json(string json) => JsonNode.Parse(json)!;
}
