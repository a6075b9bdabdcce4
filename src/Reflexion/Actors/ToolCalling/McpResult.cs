using System.Text.Json;

namespace Reflexion;

/// <summary>Reads a Model Context Protocol <c>CallToolResult</c>, which MCP clients hand over as JSON where it is an error or structured.</summary>
/// <param name="Text">Its text blocks, or its structured content where it has none.</param>
/// <param name="IsError">Whether the tool says that it failed.</param>
internal sealed record McpResult(string Text, bool IsError)
{
    internal static McpResult? TryRead(object? value)
    {
        if (value is not JsonElement { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("content", out JsonElement blocks)
            || blocks.ValueKind != JsonValueKind.Array
            || !blocks.EnumerateArray().All(IsBlock))
        {
            return null;
        }

        bool failed = root.TryGetProperty("isError", out JsonElement flag);
        bool structured = root.TryGetProperty("structuredContent", out JsonElement content);
        string text = string.Join('\n', blocks.EnumerateArray().Select(Render));
        return failed || structured
            ? new(text.Length == 0 && structured ? CompactJson.Write(content) : text, failed && flag.ValueKind == JsonValueKind.True)
            : null;
    }

    private static bool IsBlock(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String;

    private static string Render(JsonElement block) =>
        block.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : $"[{block.GetProperty("type").GetString()}]";
}
