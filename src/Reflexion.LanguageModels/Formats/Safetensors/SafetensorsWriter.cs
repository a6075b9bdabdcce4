using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>Writes safetensors files, each whole or not at all.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes tensors in their order.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors, of different names.</param>
    /// <param name="type">F32, F16 or BF16.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left then.</param>
    /// <exception cref="ArgumentException">A tensor's shape does not fit its numbers, or two have one name.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NamedTensor> tensors, StorageType type = StorageType.F32, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        byte[] header = Header(path, tensors, type);
        return AtomicFile.WriteAsync(path, WriteToAsync, cancellationToken);

        async Task WriteToAsync(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync(header, token).ConfigureAwait(false);
            foreach (NamedTensor tensor in tensors)
            {
                await TensorData.WriteAsync(stream, tensor, type, token).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Header(string path, IReadOnlyList<NamedTensor> tensors, StorageType type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Advance(Span(buffer, sizeof(ulong)).Length);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (NamedTensor tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                {
                    throw new ArgumentException($"The name '{tensor.Name}' is taken.", nameof(tensors));
                }

                offset = WriteEntry(json, tensor, type, offset, path);
            }

            json.WriteEndObject();
        }

        return Finished(buffer);
    }

    private static long WriteEntry(Utf8JsonWriter json, NamedTensor tensor, StorageType type, long offset, string path)
    {
        long end = offset + tensor.Bytes(type, path);
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(type));
        WriteNumbers(json, "shape", tensor.Shape.AsSpan());
        WriteNumbers(json, "data_offsets", [offset, end]);
        json.WriteEndObject();
        return end;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    // Spaces behind the JSON align the data, as the reference implementation does.
    private static byte[] Finished(ArrayBufferWriter<byte> buffer)
    {
        int padding = -buffer.WrittenCount & (Alignment - 1);
        Span(buffer, padding).Fill((byte)' ');
        buffer.Advance(padding);
        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(ulong));
        return header;
    }

    private static Span<byte> Span(ArrayBufferWriter<byte> buffer, int length) => buffer.GetSpan(Math.Max(1, length))[..length];
}
