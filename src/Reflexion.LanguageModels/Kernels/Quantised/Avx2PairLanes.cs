using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>Half a panel in a vector.</summary>
internal readonly unsafe struct Avx2PairLanes : IPairLanes<Vector256<int>, Vector256<float>>
{
    public static int Rows => 8;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadWords(short* from) => Avx.LoadVector256((int*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector256<int> pairs, short* to) => Avx.Store((int*)to, pairs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadBytes(sbyte* from) => Avx2.ConvertToVector256Int16(Sse2.LoadVector128(from)).AsInt32();

    // Only the lower bytes of what is looked up mean something; moved up and down they get their sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadNibbles(byte* from, int bit, Vector256<int> table)
    {
        Vector256<short> words = Avx.LoadVector256((short*)from);
        Vector256<short> indices = Avx2.And(bit == 0 ? words : words >>> bit, Vector256.Create((short)15));
        Vector256<short> found = Avx2.Shuffle(table.AsByte(), indices.AsByte()).AsInt16();
        return Avx2.ShiftRightArithmetic(Avx2.ShiftLeftLogical(found, 8), 8).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadTable(sbyte* values)
    {
        Vector128<sbyte> once = Sse2.LoadVector128(values);
        return Vector256.Create(once, once).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int pair) => Vector256.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> weights, Vector256<int> activations, Vector256<int> sum) =>
        Avx2.Add(sum, Avx2.MultiplyAddAdjacent(weights.AsInt16(), activations.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* from) => Avx.LoadVector256(from);

    // Exponent and mantissa moved into place, less the difference of the biases; what had the highest exponent comes out at 2^16 or above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalves(ushort* from)
    {
        Vector256<int> bits = Avx2.ConvertToVector256Int32(Sse2.LoadVector128(from));
        Vector256<float> magnitude = ((bits & Vector256.Create(0x7fff)) << 13).AsSingle() * Vector256.Create(HalfFloats.ExponentShift);
        Vector256<int> special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(65_536f)).AsInt32() & Vector256.Create(HalfFloats.Infinity);
        return (magnitude.AsInt32() | special | ((bits & Vector256.Create(0x8000)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadUpperHalves(ushort* from) => (Avx2.ConvertToVector256Int32(Sse2.LoadVector128(from)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* to) => Avx.Store(to, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddScaled(Vector256<int> sum, Vector256<float> scale, float activationScale, Vector256<float> total) =>
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(sum), Avx.Multiply(scale, Vector256.Create(activationScale)), total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddProduct(Vector256<float> vector, float factor, Vector256<float> total) =>
        Fma.MultiplyAdd(vector, Vector256.Create(factor), total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FirstToFloats(Vector256<int> pairs, Vector256<float> scale, Vector256<float> offset) =>
        SecondToFloats(Avx2.ShiftLeftLogical(pairs, 16), scale, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SecondToFloats(Vector256<int> pairs, Vector256<float> scale, Vector256<float> offset) =>
        Avx.Add(Avx.Multiply(Avx.ConvertToVector256Single(Avx2.ShiftRightArithmetic(pairs, 16)), scale), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* address) => Sse.Prefetch0(address);
}
