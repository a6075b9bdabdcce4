using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion;

/// <summary>Writes a value as another one that the serializer understands, for types that check what they are made of.</summary>
internal abstract class SurrogateConverter<T, TSurrogate> : JsonConverter<T>
    where T : class
    where TSurrogate : class
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return FromSurrogate(JsonSerializer.Deserialize(ref reader, TypeOf(options)) ?? throw new JsonException($"A {typeof(T).Name} is null."));
        }
        catch (Exception e) when (e is ArgumentException)
        {
            throw new JsonException($"A {typeof(T).Name} contradicts itself: {e.Message}", e);
        }
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, ToSurrogate(value), TypeOf(options));

    protected abstract TSurrogate ToSurrogate(T value);

    protected abstract T FromSurrogate(TSurrogate surrogate);

    private static JsonTypeInfo<TSurrogate> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<TSurrogate>)options.GetTypeInfo(typeof(TSurrogate));
}
