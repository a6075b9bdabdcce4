using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Makes responses for a <see cref="ScriptedChatClient"/>.</summary>
/// <remarks>
/// <example>Two tool calls in one reply:
/// <code>
/// client.When(request => request.Contains("Weather"), _ => ScriptedReply.Calls(
///     ScriptedReply.Call("weather", """{"city":"Paris"}""", "call_1"),
///     ScriptedReply.Call("weather", """{"city":"Rome"}""", "call_2")));
/// </code></example>
/// </remarks>
public static class ScriptedReply
{
    /// <summary>A reply of text, with finish reason <c>stop</c>.</summary>
    /// <param name="text">The text.</param>
    public static ChatResponse Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
    }

    /// <summary>A reply of tool calls, with finish reason <c>tool_calls</c>.</summary>
    /// <param name="calls">The calls; at least one.</param>
    public static ChatResponse Calls(params FunctionCallContent[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentOutOfRangeException.ThrowIfZero(calls.Length);
        return new(new ChatMessage(ChatRole.Assistant, [.. calls])) { FinishReason = ChatFinishReason.ToolCalls };
    }

    /// <summary>A tool call with arguments as real providers give them: JSON elements by name.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="argumentsJson">A JSON object. Default: no arguments.</param>
    /// <param name="callId">The call's id. Default <c>call_1</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="argumentsJson"/> is no JSON object.</exception>
    public static FunctionCallContent Call(string name, string argumentsJson = "{}", string callId = "call_1")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(argumentsJson);
        ArgumentException.ThrowIfNullOrWhiteSpace(callId);
        return new(callId, name, Parse(argumentsJson));
    }

    private static Dictionary<string, object?> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value.Clone())
                : throw new ArgumentException($"The arguments of a call are a JSON object, not {document.RootElement.ValueKind}: {json}", nameof(json));
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"The arguments of a call are a JSON object, but this is no JSON: {json}", nameof(json), fault);
        }
    }
}
