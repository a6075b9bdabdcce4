using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Sixteen-bit floats to floats, exactly.</summary>
internal static unsafe class HalfFloats
{
    /// <summary>2^112: the difference of the exponents' biases.</summary>
    public const float ExponentShift = 5.192296858534828e33f;

    /// <summary>The bits of a float that is infinite.</summary>
    public const int Infinity = 0x7f800000;

    public static void FromBinary16(ushort* source, float* destination, long count)
    {
        long i = 0;
        for (; i + 8 <= count; i += 8)
        {
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(Vector128.Load(source + i));
            Widened(lower).Store(destination + i);
            Widened(upper).Store(destination + i + 4);
        }

        for (; i < count; i++)
        {
            destination[i] = (float)Unsafe.BitCast<ushort, Half>(source[i]);
        }
    }

    public static void FromUpperHalf(ushort* source, float* destination, long count)
    {
        long i = 0;
        for (; i + 8 <= count; i += 8)
        {
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(Vector128.Load(source + i));
            (lower << 16).AsSingle().Store(destination + i);
            (upper << 16).AsSingle().Store(destination + i + 4);
        }

        for (; i < count; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }

    // Exponent and mantissa moved into place mean a number too small by the difference of the biases, subnormal ones included.
    // What comes out at 2^16 or above had the highest exponent: infinity, or not a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Widened(Vector128<uint> bits)
    {
        Vector128<float> magnitude = ((bits & Vector128.Create(0x7fffu)) << 13).AsSingle() * ExponentShift;
        Vector128<int> special = Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(65536f)).AsInt32() & Vector128.Create(Infinity);
        Vector128<uint> sign = (bits & Vector128.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | special.AsUInt32() | sign).AsSingle();
    }
}
