using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>Reads a pair that one format writes as an array of two, and the other as an object of two properties.</summary>
internal abstract class PairJsonConverter<T>(string titleName, string valueName) : JsonConverter<T>
    where T : class
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement pair = document.RootElement;
        (JsonElement title, JsonElement value) = pair.ValueKind switch
        {
            JsonValueKind.Array when pair.GetArrayLength() == 2 => (pair[0], pair[1]),
            JsonValueKind.Object when pair.TryGetProperty(titleName, out JsonElement first) && pair.TryGetProperty(valueName, out JsonElement second) => (first, second),
            _ => throw new JsonException($"Expected [{titleName}, {valueName}], or an object with '{titleName}' and '{valueName}'."),
        };
        return title.ValueKind == JsonValueKind.String ? Make(title, value) : throw new JsonException($"The {titleName} must be a string.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException("Questions are only read.");

    /// <summary>Makes the pair of its halves.</summary>
    protected abstract T Make(JsonElement title, JsonElement value);
}
