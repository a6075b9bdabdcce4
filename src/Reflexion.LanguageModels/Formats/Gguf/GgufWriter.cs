using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Writes GGUF files of version 3, each whole or not at all.</summary>
internal static class GgufWriter
{
    private const uint Version = 3;

    /// <summary>Writes metadata and tensors in their order.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="metadata">Values of the types that <see cref="GgufMetadata"/> holds.</param>
    /// <param name="tensors">The tensors under the names that the file shall have, each with the type it shall have.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left then.</param>
    /// <exception cref="ArgumentException">A value is of another type, a name comes twice, or a shape does not fit.</exception>
    public static Task WriteAsync(
        string path,
        IReadOnlyCollection<KeyValuePair<string, object>> metadata,
        IReadOnlyList<(NamedTensor Tensor, StorageType Type)> tensors,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        int alignment = metadata.FirstOrDefault(entry => entry.Key == GgufHeader.AlignmentKey).Value is uint asked ? (int)asked : GgufHeader.DefaultAlignment;
        byte[] header = Header(path, metadata, tensors, alignment);
        return AtomicFile.WriteAsync(path, WriteToAsync, cancellationToken);

        async Task WriteToAsync(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync(header, token).ConfigureAwait(false);
            await PadAsync(stream, header.Length, alignment, token).ConfigureAwait(false);
            foreach ((NamedTensor tensor, StorageType type) in tensors)
            {
                await TensorData.WriteAsync(stream, tensor, type, token).ConfigureAwait(false);
                await PadAsync(stream, tensor.Bytes(type, path), alignment, token).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Header(
        string path, IReadOnlyCollection<KeyValuePair<string, object>> metadata, IReadOnlyList<(NamedTensor Tensor, StorageType Type)> tensors, int alignment)
    {
        using MemoryStream buffer = new();
        using BinaryWriter writer = new(buffer, Encoding.UTF8);
        writer.Write(GgufHeader.Magic);
        writer.Write(Version);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        var values = new GgufValueWriter(writer);
        RefuseSame(metadata.Select(entry => entry.Key), nameof(metadata));
        foreach ((string key, object value) in metadata)
        {
            values.WriteString(key);
            values.Write(value);
        }

        RefuseSame(tensors.Select(tensor => tensor.Tensor.Name), nameof(tensors));
        long offset = 0;
        foreach ((NamedTensor tensor, StorageType type) in tensors)
        {
            offset = WriteTensor(values, writer, tensor, type, offset, alignment, path);
        }

        return buffer.ToArray();
    }

    private static long WriteTensor(GgufValueWriter values, BinaryWriter writer, NamedTensor tensor, StorageType type, long offset, int alignment, string path)
    {
        if (tensor.Shape.Length is < 1 or > GgufLimits.Dimensions || tensor.Shape.Contains(0))
        {
            throw new ArgumentException($"The tensor '{tensor.Name}' has the shape {TensorShape.Text(tensor.Shape)}; GGUF has 1 to {GgufLimits.Dimensions} dimensions, none of 0.", nameof(tensor));
        }

        if (!Quantizer.Supports(type))
        {
            throw new ArgumentException($"The tensor '{tensor.Name}' cannot be written as {type}; choose F32, F16, BF16 or Q8_0.", nameof(type));
        }

        values.WriteString(tensor.Name);
        writer.Write((uint)tensor.Shape.Length);
        foreach (long extent in tensor.Shape.AsEnumerable().Reverse())
        {
            writer.Write(extent);
        }

        writer.Write(GgufTensorTypes.CodeOf(type));
        writer.Write(offset);
        long end = offset + tensor.Bytes(type, path);
        return end + Padding(end, alignment);
    }

    private static void RefuseSame(IEnumerable<string> names, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } same)
        {
            throw new ArgumentException($"The name '{same}' comes twice.", parameter);
        }
    }

    private static long Padding(long position, int alignment) => (alignment - (position % alignment)) % alignment;

    private static ValueTask PadAsync(Stream stream, long position, int alignment, CancellationToken cancellationToken) =>
        stream.WriteAsync(new byte[Padding(position, alignment)], cancellationToken);
}
