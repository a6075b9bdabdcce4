using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Any value as JSON that is equal for equal values: members sorted by name, texts redacted.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static JsonElement Of(JsonElement value, Func<string, string> redact, string? leaveOut = null) =>
        Written(writer => Write(writer, value, redact, leaveOut));

    internal static JsonElement Of(object? value, Func<string, string> redact) => Of(Element(value), redact);

    internal static JsonElement Of(IDictionary<string, object?> values, Func<string, string> redact) => Written(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in values.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, Element(value), redact, leaveOut: null);
        }

        writer.WriteEndObject();
    });

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            write(writer);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static JsonElement Element(object? value)
    {
        if (value is JsonElement element)
        {
            return element;
        }

        try
        {
            return value is not null && AIJsonUtilities.DefaultOptions.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? info)
                ? JsonSerializer.SerializeToElement(value, info)
                : Text(value?.ToString());
        }
        catch (Exception fault) when (fault is NotSupportedException or JsonException or ArgumentException or InvalidOperationException)
        {
            // A value that JSON cannot hold still has a text by which requests are told apart.
            return Text(value!.ToString());
        }
    }

    private static JsonElement Text(string? value) => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(string)));

    private static void Write(Utf8JsonWriter writer, JsonElement value, Func<string, string> redact, string? leaveOut)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject().Where(member => member.Name != leaveOut).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, redact, leaveOut);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item, redact, leaveOut);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(redact(value.GetString()!));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
