using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>A whole panel of 16 rows in a vector.</summary>
internal readonly unsafe struct Avx512PairLanes : IPairLanes<Vector512<int>, Vector512<float>>
{
    public static int Rows => 16;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadWords(short* from) => Avx512F.LoadVector512((int*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector512<int> pairs, short* to) => Avx512F.Store((int*)to, pairs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadBytes(sbyte* from) => Avx512BW.ConvertToVector512Int16(Avx.LoadVector256(from)).AsInt32();

    // The permutation looks at five bits; the table holds everything twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadNibbles(byte* from, int bit, Vector512<int> table)
    {
        Vector512<short> words = Avx512BW.LoadVector512((short*)from);
        return Avx512BW.PermuteVar32x16(table.AsInt16(), bit == 0 ? words : words >>> bit).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadTable(sbyte* values)
    {
        Vector256<short> once = Avx2.ConvertToVector256Int16(Sse2.LoadVector128(values));
        return Vector512.Create(once, once).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast(int pair) => Vector512.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> weights, Vector512<int> activations, Vector512<int> sum) =>
        Avx512F.Add(sum, Avx512BW.MultiplyAddAdjacent(weights.AsInt16(), activations.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from) => Avx512F.LoadVector512(from);

    // Exponent and mantissa moved into place, less the difference of the biases; what had the highest exponent comes out at 2^16 or above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadHalves(ushort* from)
    {
        Vector512<int> bits = Avx512F.ConvertToVector512Int32(Avx.LoadVector256(from));
        Vector512<float> magnitude = ((bits & Vector512.Create(0x7fff)) << 13).AsSingle() * Vector512.Create(HalfFloats.ExponentShift);
        Vector512<int> special = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(65_536f)).AsInt32() & Vector512.Create(HalfFloats.Infinity);
        return (magnitude.AsInt32() | special | ((bits & Vector512.Create(0x8000)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadUpperHalves(ushort* from) => (Avx512F.ConvertToVector512Int32(Avx.LoadVector256(from)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* to) => Avx512F.Store(to, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<int> sum, Vector512<float> scale, float activationScale, Vector512<float> total) =>
        Avx512F.FusedMultiplyAdd(Avx512F.ConvertToVector512Single(sum), Avx512F.Multiply(scale, Vector512.Create(activationScale)), total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> vector, float factor, Vector512<float> total) =>
        Avx512F.FusedMultiplyAdd(vector, Vector512.Create(factor), total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FirstToFloats(Vector512<int> pairs, Vector512<float> scale, Vector512<float> offset) =>
        SecondToFloats(Avx512F.ShiftLeftLogical(pairs, 16), scale, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SecondToFloats(Vector512<int> pairs, Vector512<float> scale, Vector512<float> offset) =>
        Avx512F.Add(Avx512F.Multiply(Avx512F.ConvertToVector512Single(Avx512F.ShiftRightArithmetic(pairs, 16)), scale), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* address) => Sse.Prefetch0(address);
}
