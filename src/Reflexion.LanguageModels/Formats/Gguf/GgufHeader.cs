using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Everything before the tensors' data.</summary>
internal sealed record GgufHeader(GgufMetadata Metadata, ImmutableArray<GgufTensorInfo> Tensors, long DataStart)
{
    public const uint Magic = 0x46554747; // "GGUF"
    public const int DefaultAlignment = 32;
    public const string AlignmentKey = "general.alignment";

    private const int LeastEntryBytes = sizeof(ulong) + sizeof(uint) + 1;
    private const int LeastTensorBytes = sizeof(ulong) + sizeof(uint) + sizeof(ulong) + sizeof(uint) + sizeof(ulong);
    private const int LargestAlignment = 1 << 20;

    /// <exception cref="ModelFormatException">The file is not GGUF of version 2 or 3, or is damaged.</exception>
    public static GgufHeader Read(GgufCursor cursor)
    {
        CheckVersion(cursor);
        int tensorCount = cursor.ReadCount("tensors", GgufLimits.Tensors, LeastTensorBytes);
        int entryCount = cursor.ReadCount("metadata entries", GgufLimits.MetadataEntries, LeastEntryBytes);
        var metadata = new GgufMetadata(cursor.Source, ReadEntries(cursor, entryCount));
        int alignment = Alignment(cursor, metadata);
        ImmutableArray<GgufTensorInfo> tensors = ReadTensors(cursor, tensorCount, alignment);
        return new(metadata, tensors, (cursor.Position + alignment - 1) / alignment * alignment);
    }

    private static void CheckVersion(GgufCursor cursor)
    {
        if (cursor.Read<uint>("the file's mark") != Magic)
        {
            throw new ModelFormatException(cursor.Source, "the file does not begin with 'GGUF'. Give a GGUF file; older GGML files can be converted with llama.cpp's scripts.");
        }

        uint version = cursor.Read<uint>("the format's version");
        if (version is not (2 or 3))
        {
            throw new ModelFormatException(cursor.Source, BinaryPrimitives.ReverseEndianness(version) is 2 or 3
                ? "the file is big-endian, which is not supported. Use the little-endian file."
                : $"GGUF version {version} is not supported; 2 and 3 are. Convert the model anew.");
        }
    }

    private static Dictionary<string, object> ReadEntries(GgufCursor cursor, int count)
    {
        var reader = new GgufValues(cursor);
        var entries = new Dictionary<string, object>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            long at = cursor.Position;
            string key = cursor.ReadName("a metadata key", GgufLimits.KeyBytes);
            if (!entries.TryAdd(key, reader.Read(key)))
            {
                throw cursor.Wrong(at, $"the metadata '{key}' comes a second time");
            }
        }

        return entries;
    }

    private static int Alignment(GgufCursor cursor, GgufMetadata metadata)
    {
        int alignment = metadata.GetInt32(AlignmentKey) ?? DefaultAlignment;
        return alignment is >= 8 and <= LargestAlignment && int.IsPow2(alignment)
            ? alignment
            : throw new ModelFormatException(cursor.Source, $"the metadata '{AlignmentKey}' is {alignment}; a power of two from 8 to {LargestAlignment} is expected.");
    }

    private static ImmutableArray<GgufTensorInfo> ReadTensors(GgufCursor cursor, int count, int alignment)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<GgufTensorInfo>.Builder tensors = ImmutableArray.CreateBuilder<GgufTensorInfo>();
        for (int i = 0; i < count; i++)
        {
            long at = cursor.Position;
            GgufTensorInfo tensor = ReadTensor(cursor, alignment);
            if (!names.Add(tensor.Placement.Name))
            {
                throw cursor.Wrong(at, $"the tensor '{tensor.Placement.Name}' comes a second time");
            }

            tensors.Add(tensor);
        }

        return tensors.ToImmutable();
    }

    private static GgufTensorInfo ReadTensor(GgufCursor cursor, int alignment)
    {
        string name = cursor.ReadName("a tensor's name", GgufLimits.TensorNameBytes);
        ImmutableArray<long> shape = ReadShape(cursor, name);
        StorageType type = GgufTensorTypes.Of(cursor.Read<uint>(name), cursor.Source, name);
        long at = cursor.Position;
        ulong offset = cursor.Read<ulong>(name);
        if (offset > long.MaxValue || offset % (ulong)alignment != 0)
        {
            throw cursor.Wrong(at, $"the tensor '{name}' begins at {offset} of the data, which is not a multiple of {alignment}");
        }

        return new(new(name, (long)offset, TensorShape.Bytes(cursor.Source, name, type, shape)), type, shape);
    }

    private static ImmutableArray<long> ReadShape(GgufCursor cursor, string name)
    {
        long at = cursor.Position;
        uint dimensions = cursor.Read<uint>(name);
        if (dimensions is < 1 or > GgufLimits.Dimensions)
        {
            throw cursor.Wrong(at, $"the tensor '{name}' has {dimensions} dimensions; 1 to {GgufLimits.Dimensions} are expected");
        }

        long[] shape = cursor.ReadAll<long>((int)dimensions, name);
        if (shape.Any(extent => extent <= 0))
        {
            throw cursor.Wrong(at, $"the tensor '{name}' has the extents {string.Join(" × ", shape)}; positive ones are expected");
        }

        Array.Reverse(shape);
        return [.. shape];
    }
}
