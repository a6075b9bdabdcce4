using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>Reads fields of an object that a model wrote, forgiving about their types and their names' case.</summary>
internal static class JsonFields
{
    internal static JsonNode? Field(this JsonObject value, string name) =>
        value.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A text that is not blank, trimmed; a list is joined by lines; else null.</summary>
    internal static string? Text(this JsonObject value, string name) =>
        string.Join('\n', value.Texts(name)) is { Length: > 0 } text ? text : null;

    /// <summary>The texts of a list that are not blank, trimmed; or the one text that stands in place of a list.</summary>
    internal static IEnumerable<string> Texts(this JsonObject value, string name)
    {
        JsonNode? field = value.Field(name);
        return (field as IEnumerable<JsonNode?> ?? Enumerable.Repeat(field, 1))
            .Select(node => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>().Trim() : "")
            .Where(text => text.Length > 0);
    }

    /// <summary>A finite number, also one in quotes; else null.</summary>
    internal static double? Number(this JsonObject value, string name)
    {
        JsonNode? node = value.Field(name);
        string? digits = node?.GetValueKind() switch
        {
            JsonValueKind.Number => node.ToJsonString(),
            JsonValueKind.String => node.GetValue<string>(),
            _ => null,
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>A truth value, also as 0 and 1 or as a word; else null.</summary>
    internal static bool? Flag(this JsonObject value, string name) => value.Field(name) switch
    {
        JsonNode node when node.GetValueKind() == JsonValueKind.True => true,
        JsonNode node when node.GetValueKind() == JsonValueKind.False => false,
        JsonNode => value.Text(name)?.ToLowerInvariant() switch
        {
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => value.Number(name) switch { 1 => true, 0 => false, _ => null },
        },
        null => null,
    };
}
