using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>The fields of a JSON object in a file, with errors that name the field. A field that is null counts as absent.</summary>
internal readonly struct JsonFields(string source, JsonElement element)
{
    public string Source { get; } = source;

    public int? GetInt32(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : throw Unexpected(name, "an integer of 32 bits");

    public double? GetNumber(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number
        : throw Unexpected(name, "a number");

    public bool? GetBoolean(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Unexpected(name, "true or false");

    public string? GetString(string name) => Find(name) is not { } value ? null
        : TryGetText(value, out string text) ? text
        : throw Unexpected(name, "a string");

    public JsonFields? GetObject(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new(Source, value)
        : throw Unexpected(name, "an object");

    /// <summary>A list of strings, or null also where the field is something else.</summary>
    public string[]? GetStrings(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } value)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(TryGetText(item, out string text) ? text : throw Unexpected(name, "a list of strings"));
        }

        return [.. texts];
    }

    public double[]? GetNumbers(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(item => item.TryGetDouble(out double number) ? number : double.PositiveInfinity)]
            : throw Unexpected(name, "a list of numbers");
    }

    /// <summary>The text of a string; false for anything else, and for a string whose escapes make no Unicode.</summary>
    public static bool TryGetText(JsonElement value, out string text)
    {
        text = "";
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            return value.ValueKind == JsonValueKind.String;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a field is absent, or an object, a list or a text with nothing in it.</summary>
    public bool IsEmpty(string name) => Find(name) is not { } value || value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    /// <summary>Throws that a field is not what it must be, if it is <paramref name="wrong"/>.</summary>
    public void Refuse(bool wrong, string name, string expected)
    {
        if (wrong)
        {
            throw Unexpected(name, expected);
        }
    }

    public bool Contains(string name) => Find(name) is not null;

    public int RequireInt32(string name) => GetInt32(name) ?? throw Missing(name);

    public string RequireString(string name) => GetString(name) ?? throw Missing(name);

    public ModelFormatException Unexpected(string name, string expected) =>
        new(Source, $"'{name}' is {(Find(name) is { } value ? Shortened(value) : "absent")}; {expected} is expected.");

    private ModelFormatException Missing(string name) => new(Source, $"'{name}' is missing. Download the file again, or write the model anew.");

    private JsonElement? Find(string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Shortened(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? string.Concat(text.AsSpan(0, 60), "…") : value.GetRawText();
}
