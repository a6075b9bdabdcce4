using System.Buffers;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Writes the bodies of frames.</summary>
internal static class FrameJson
{
    /// <summary>A JSON object of what a function writes into it.</summary>
    internal static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
