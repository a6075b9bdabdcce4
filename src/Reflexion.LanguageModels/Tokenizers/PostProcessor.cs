using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>What <c>tokenizer.json</c> says of tokens put around a text.</summary>
internal static class PostProcessor
{
    /// <summary>The token put before a text, and whether there is one.</summary>
    internal static (int? Id, bool Adds) BeginToken(JsonElement? processor)
    {
        if (processor is not { } step)
        {
            return (null, false);
        }

        if (TokenizerJsonReader.Child(step, "processors") is { } steps)
        {
            return steps.EnumerateArray().Select(inner => BeginToken(inner)).FirstOrDefault(found => found.Adds);
        }

        if (TokenizerJsonReader.Text(step, "type") != "TemplateProcessing"
            || TokenizerJsonReader.Child(step.GetProperty("single")[0], "SpecialToken") is not { } special)
        {
            return (null, false);
        }

        JsonElement ids = step.GetProperty("special_tokens").GetProperty(special.GetProperty("id").GetString() ?? "").GetProperty("ids");
        return (ids[0].GetInt32(), true);
    }

    /// <summary>Writes that a token is put before a text.</summary>
    internal static void Write(Utf8JsonWriter writer, string token, int id)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "TemplateProcessing");
        WriteParts(writer, "single", token, "A");
        WriteParts(writer, "pair", token, "A", "B");
        writer.WriteStartObject("special_tokens");
        writer.WriteStartObject(token);
        writer.WriteString("id", token);
        writer.WriteStartArray("ids");
        writer.WriteNumberValue(id);
        writer.WriteEndArray();
        writer.WriteStartArray("tokens");
        writer.WriteStringValue(token);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, string name, string token, params ReadOnlySpan<string> sequences)
    {
        writer.WriteStartArray(name);
        for (int i = 0; i < sequences.Length; i++)
        {
            WritePart(writer, "SpecialToken", token, i);
            WritePart(writer, "Sequence", sequences[i], i);
        }

        writer.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter writer, string kind, string id, int type)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(kind);
        writer.WriteString("id", id);
        writer.WriteNumber("type_id", type);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
