using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Renders what a tool returned as text; empty where it returned nothing.</summary>
internal static class ToolResultText
{
    internal static string Render(object? value, JsonSerializerOptions options) => value switch
    {
        null => "",
        string text => text,
        JsonElement element => Render(element),
        JsonDocument document => Render(document.RootElement),
        JsonNode node => Render(JsonElement.Parse(node.ToJsonString())),
        AIContent content => Render(content, options),
        IEnumerable<AIContent> contents => string.Join('\n', contents.Select(content => Render(content, options))),
        _ => Serialize(value, options),
    };

    private static string Render(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => element.GetString()!,
        _ => CompactJson.Write(element),
    };

    private static string Render(AIContent content, JsonSerializerOptions options) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        ErrorContent error => error.Message,
        FunctionResultContent result => Render(result.Result, options),
        DataContent data when data.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) => System.Text.Encoding.UTF8.GetString(data.Data.Span),
        DataContent data => $"[{data.MediaType}, {data.Data.Length} bytes]",
        UriContent uri => $"[{uri.MediaType} at {uri.Uri}]",
        _ => $"[{content.GetType().Name}]",
    };

    private static string Serialize(object value, JsonSerializerOptions options)
    {
        try
        {
            return Render(JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType())));
        }
        catch (NotSupportedException)
        {
            // A type the function's serializer does not know still has words of its own.
            return value.ToString() ?? "";
        }
    }
}
