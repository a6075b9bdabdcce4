using System.Text.Json;

namespace Reflexion;

/// <summary>Describes a tool's parameters as a model reads them best: <c>add(a: integer, b: integer, note?: string|null)</c>.</summary>
internal static class ToolSignature
{
    internal static string Of(string name, JsonElement schema)
    {
        if (!TryGetObject(schema, "properties", out JsonElement properties))
        {
            return $"{name}()";
        }

        HashSet<string> required = [.. Required(schema)];
        IEnumerable<string> parameters = properties.EnumerateObject()
            .Select(property => $"{property.Name}{(required.Contains(property.Name) ? "" : "?")}: {TypeOf(property.Value)}");
        return $"{name}({string.Join(", ", parameters)})";
    }

    internal static IEnumerable<string> Required(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            : [];

    /// <summary>The parameter's values where they are enumerated, else its type or types, else <c>any</c>.</summary>
    internal static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "any";
        }

        if (schema.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array)
        {
            return string.Join('|', values.EnumerateArray().Select(CompactJson.Write));
        }

        return !schema.TryGetProperty("type", out JsonElement type) ? "any"
            : type.ValueKind == JsonValueKind.Array ? string.Join('|', type.EnumerateArray().Select(one => one.ToString()))
            : type.ToString();
    }

    internal static bool TryGetObject(JsonElement schema, string name, out JsonElement value)
    {
        value = default;
        return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;
    }
}
