using System.Buffers;

namespace Reflexion.LanguageModels;

/// <summary>The bytes that each token stands for, in one piece of memory.</summary>
internal sealed class TokenBytes
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    internal TokenBytes(int count, Func<int, byte[]> bytesOf)
    {
        var all = new ArrayBufferWriter<byte>();
        _starts = new int[count + 1];
        for (int id = 0; id < count; id++)
        {
            all.Write(bytesOf(id));
            _starts[id + 1] = all.WrittenCount;
        }

        _bytes = all.WrittenSpan.ToArray();
    }

    internal ReadOnlySpan<byte> this[int id] => _bytes.AsSpan(_starts[id].._starts[id + 1]);
}
