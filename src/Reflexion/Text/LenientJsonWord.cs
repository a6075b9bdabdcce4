using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>Gives a meaning to a word without quotes.</summary>
internal static class LenientJsonWord
{
    internal static JsonNode? ToNode(string word) => word switch
    {
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        "" or "null" or "None" or "NULL" or "undefined" or "NaN" or "nan" or "Infinity" or "-Infinity" => null,
        _ => ToNumber(word) ?? JsonValue.Create(word),
    };

    private static JsonNode? ToNumber(string word)
    {
        if (IsJsonNumber(word))
        {
            // Kept to the digit: a double would round a long integer.
            return JsonNode.Parse(word);
        }

        // +1, .5, 5. and 007 are numbers everywhere but in JSON.
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    private static bool IsJsonNumber(string word)
    {
        if (!word.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E'))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(word);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
