using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Floats to stored numbers, for the types that files are written in.</summary>
internal static class Quantizer
{
    private const int Q8Count = 32;
    private const int Q8Bytes = 34;

    /// <summary>Whether files can be written in the type.</summary>
    public static bool Supports(StorageType type) => type is StorageType.F32 or StorageType.F16 or StorageType.BF16 or StorageType.Q8_0;

    /// <summary>Writes numbers, rounded to the nearest that the type has; in blocks, to 127 steps of the greatest.</summary>
    /// <param name="type">How they are stored.</param>
    /// <param name="source">The numbers, whole blocks of them.</param>
    /// <param name="destination">As many bytes as they take.</param>
    /// <exception cref="NotSupportedException">Files are not written in the type.</exception>
    public static void FromSingle(StorageType type, ReadOnlySpan<float> source, Span<byte> destination)
    {
        switch (type)
        {
            case StorageType.F32: MemoryMarshal.AsBytes(source).CopyTo(destination); break;
            case StorageType.F16: ToBinary16(source, destination); break;
            case StorageType.BF16: ToUpperHalf(source, destination); break;
            case StorageType.Q8_0: ToBlocks(source, destination); break;
            default: throw new NotSupportedException($"Tensors are not written as {type}; choose F32, F16, BF16 or Q8_0.");
        }
    }

    private static void ToBinary16(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(destination[(i * sizeof(ushort))..], (Half)source[i]);
        }
    }

    private static void ToUpperHalf(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * sizeof(ushort))..], UpperHalf(source[i]));
        }
    }

    // To the nearest, ties to even. A number that is none stays none: rounding could carry its mantissa away.
    private static ushort UpperHalf(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    private static void ToBlocks(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (; source.Length > 0; source = source[Q8Count..], destination = destination[Q8Bytes..])
        {
            float greatest = 0;
            foreach (float value in source[..Q8Count])
            {
                greatest = Math.Max(greatest, Math.Abs(value));
            }

            float step = greatest / 127;
            float inverse = step > 0 ? 1 / step : 0;
            BinaryPrimitives.WriteHalfLittleEndian(destination, (Half)step);
            for (int i = 0; i < Q8Count; i++)
            {
                destination[sizeof(ushort) + i] = (byte)(sbyte)Math.Round(source[i] * inverse, MidpointRounding.AwayFromZero);
            }
        }
    }
}
