using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion.Testing;

/// <summary>Writes texts that JSON cannot hold, because a stream was cut inside a surrogate pair, as an array of UTF-16 units.</summary>
internal sealed class AnyTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A text is a string or an array of UTF-16 units.");
        }

        var units = new List<char>();
        while (reader.Read() && reader.TokenType is JsonTokenType.Number)
        {
            units.Add((char)reader.GetUInt16());
        }

        return new(CollectionsMarshal.AsSpan(units));
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (IsWellFormed(value))
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

    private static bool IsWellFormed(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
