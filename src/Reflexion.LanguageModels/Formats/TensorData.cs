using System.Buffers;

namespace Reflexion.LanguageModels;

/// <summary>Writes tensors' numbers piece by piece.</summary>
internal static class TensorData
{
    private const int PieceNumbers = 1 << 16;

    public static async Task WriteAsync(Stream stream, NamedTensor tensor, StorageType type, CancellationToken cancellationToken)
    {
        int bytesOfPiece = PieceNumbers / Dequantizer.BlockSize(type) * Dequantizer.BytesPerBlock(type);
        byte[] piece = ArrayPool<byte>.Shared.Rent(bytesOfPiece);
        try
        {
            for (ReadOnlyMemory<float> rest = tensor.Values; rest.Length > 0; rest = rest[Math.Min(PieceNumbers, rest.Length)..])
            {
                int count = Math.Min(PieceNumbers, rest.Length);
                int bytes = count / Dequantizer.BlockSize(type) * Dequantizer.BytesPerBlock(type);
                Quantizer.FromSingle(type, rest.Span[..count], piece.AsSpan(0, bytes));
                await stream.WriteAsync(piece.AsMemory(0, bytes), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
