using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Small integers and halves as they lie in blocks.</summary>
internal static unsafe class Packed
{
    /// <summary>Sixteen bytes from anywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* from) => Vector128.Load(from);

    /// <summary>The lower four bits of each byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Low(Vector128<byte> bytes) => bytes & Vector128.Create((byte)0x0f);

    /// <summary>The upper four bits of each byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> High(Vector128<byte> bytes) => bytes >>> 4;

    /// <summary>The two bits of each byte that begin at a bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pair(Vector128<byte> bytes, int bit) => (bytes >>> bit) & Vector128.Create((byte)3);

    /// <summary>In each byte, the value where any bit of the mask is set, and else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Where(Vector128<byte> bytes, int mask, byte value) =>
        Vector128.AndNot(Vector128.Create(value), Vector128.Equals(bytes & Vector128.Create((byte)mask), Vector128<byte>.Zero));

    /// <summary>Sixteen bytes that hold 16 where the bit of their number is set, and else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> FifthBits(ushort bits)
    {
        Vector128<byte> spread = Vector128.Create(Vector64.Create((byte)bits), Vector64.Create((byte)(bits >> 8)));
        Vector128<byte> selected = spread & Vector128.Create(0x8040201008040201ul).AsByte();
        return Vector128.AndNot(Vector128.Create((byte)16), Vector128.Equals(selected, Vector128<byte>.Zero));
    }

    /// <summary>The numbers less a zero point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Around(Vector128<byte> numbers, sbyte zero) => numbers.AsSByte() - Vector128.Create(zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Half(byte* at) => (float)Unsafe.ReadUnaligned<Half>(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(byte* at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(at);
}
