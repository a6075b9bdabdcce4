using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Reflexion.LanguageModels;

/// <summary>Writes numbers piece by piece, and hashes what it writes.</summary>
internal sealed class HashingWriter(Stream stream) : IDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _piece = new byte[PieceBytes];

    /// <summary>The hash of the first bytes of a stream, which is left behind them.</summary>
    public static async Task<byte[]> HashAsync(Stream stream, long bytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        stream.Position = 0;
        for (long left = bytes; left > 0;)
        {
            Memory<byte> part = piece.AsMemory(0, (int)Math.Min(left, PieceBytes));
            await stream.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            hash.AppendData(part.Span);
            left -= part.Length;
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Fills a block with the numbers that come next.</summary>
    public static async Task ReadAsync(Stream stream, ParameterBlock<float> block, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        for (long first = 0; first < block.Length; first += PieceBytes / sizeof(float))
        {
            int bytes = sizeof(float) * (int)Math.Min(PieceBytes / sizeof(float), block.Length - first);
            await stream.ReadExactlyAsync(piece.AsMemory(0, bytes), cancellationToken).ConfigureAwait(false);
            piece.AsSpan(0, bytes).CopyTo(Part(block, first, bytes));
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    public async Task WriteAsync(ParameterBlock<float> block, CancellationToken cancellationToken)
    {
        for (long first = 0; first < block.Length; first += PieceBytes / sizeof(float))
        {
            int bytes = sizeof(float) * (int)Math.Min(PieceBytes / sizeof(float), block.Length - first);
            Part(block, first, bytes).CopyTo(_piece);
            await WriteAsync(_piece.AsMemory(0, bytes), cancellationToken).ConfigureAwait(false);
        }
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    private static unsafe Span<byte> Part(ParameterBlock<float> block, long first, int bytes) =>
        MemoryMarshal.AsBytes(new Span<float>(block.Pointer + first, bytes / sizeof(float)));
}
