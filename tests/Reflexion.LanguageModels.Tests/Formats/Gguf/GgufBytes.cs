using System.Text;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Writes GGUF by hand, so that it can be wrong.</summary>
internal sealed class GgufBytes
{
    private readonly List<byte> _bytes = [];

    internal GgufBytes(ulong tensors, ulong entries, uint magic = GgufHeader.Magic, uint version = 3)
        => Number(magic).Number(version).Long(tensors).Long(entries);

    internal GgufBytes Text(string text) => Long((ulong)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    internal GgufBytes Number(uint number) => Raw(BitConverter.GetBytes(number));

    internal GgufBytes Long(ulong number) => Raw(BitConverter.GetBytes(number));

    internal GgufBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal GgufBytes Tensor(string name, uint type, ulong offset, params ulong[] extents)
    {
        Text(name).Number((uint)extents.Length);
        foreach (ulong extent in extents)
        {
            Long(extent);
        }

        return Number(type).Long(offset);
    }

    /// <summary>The header, padded, and so many bytes of data.</summary>
    internal byte[] WithData(int bytes)
    {
        byte[] header = ToArray();
        return [.. header, .. new byte[(32 - (header.Length % 32)) % 32], .. new byte[bytes]];
    }

    internal byte[] ToArray() => [.. _bytes];
}
