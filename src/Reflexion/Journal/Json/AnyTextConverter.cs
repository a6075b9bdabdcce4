using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion;

/// <summary>Writes a text with half a surrogate pair, which JSON cannot hold, as the array of its UTF-16 units.</summary>
internal sealed class AnyTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.StartArray => ReadUnits(ref reader),
        _ => throw new JsonException("A text is a string, or an array of UTF-16 units."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (ReferenceEquals(WellFormedText.Of(value), value))
        {
            writer.WriteStringValue(value);
            return;
        }

        writer.WriteStartArray();
        foreach (char unit in value)
        {
            writer.WriteNumberValue(unit);
        }

        writer.WriteEndArray();
    }

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static string ReadUnits(ref Utf8JsonReader reader)
    {
        var units = new List<char>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            units.Add((char)reader.GetUInt16());
        }

        return new(CollectionsMarshal.AsSpan(units));
    }
}
