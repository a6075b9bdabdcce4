using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A tensor as it lies in a mapped file: nothing is copied, and it lives as long as the file stays open.</summary>
internal sealed unsafe class StoredTensor(string name, StorageType type, ImmutableArray<long> shape, byte* data, long byteCount)
{
    /// <summary>The name in the file.</summary>
    public string Name { get; } = name;

    public StorageType Type { get; } = type;

    /// <summary>Extents, slowest first: a weight is [outputs, inputs]. The last dimension is contiguous.</summary>
    public ImmutableArray<long> Shape { get; } = shape;

    /// <summary>The first byte, inside the mapped file.</summary>
    public byte* Data { get; } = data;

    public long ByteCount { get; } = byteCount;
}
