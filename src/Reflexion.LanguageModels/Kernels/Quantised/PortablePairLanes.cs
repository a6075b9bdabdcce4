using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>A quarter of a panel, with what the runtime makes of 128 bits on any processor.</summary>
internal readonly unsafe struct PortablePairLanes : IPairLanes<Vector128<int>, Vector128<float>>
{
    public static int Rows => 4;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadWords(short* from) => Vector128.Load((int*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector128<int> pairs, short* to) => pairs.Store((int*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadBytes(sbyte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)from).AsSByte()).AsInt32();

    // Only the lower bytes of what is looked up mean something; moved up and down they get their sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadNibbles(byte* from, int bit, Vector128<int> table)
    {
        Vector128<short> indices = (Vector128.Load((short*)from) >>> bit) & Vector128.Create((short)15);
        return ((Vector128.Shuffle(table.AsByte(), indices.AsByte()).AsInt16() << 8) >> 8).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadTable(sbyte* values) => Vector128.Load(values).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Broadcast(int pair) => Vector128.Create(pair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> weights, Vector128<int> activations, Vector128<int> sum) =>
        sum + (First(weights) * First(activations)) + (Second(weights) * Second(activations));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    // Exponent and mantissa moved into place, less the difference of the biases; what had the highest exponent comes out at 2^16 or above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalves(ushort* from)
    {
        Vector128<int> bits = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)from).AsUInt16()).AsInt32();
        Vector128<float> magnitude = ((bits & Vector128.Create(0x7fff)) << 13).AsSingle() * Vector128.Create(HalfFloats.ExponentShift);
        Vector128<int> special = Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(65_536f)).AsInt32() & Vector128.Create(HalfFloats.Infinity);
        return (magnitude.AsInt32() | special | ((bits & Vector128.Create(0x8000)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadUpperHalves(ushort* from) => (Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)from).AsUInt16()) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddScaled(Vector128<int> sum, Vector128<float> scale, float activationScale, Vector128<float> total) =>
        Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(sum), scale * activationScale, total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddProduct(Vector128<float> vector, float factor, Vector128<float> total) =>
        Vector128.FusedMultiplyAdd(vector, Vector128.Create(factor), total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FirstToFloats(Vector128<int> pairs, Vector128<float> scale, Vector128<float> offset) =>
        (Vector128.ConvertToSingle(First(pairs)) * scale) + offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SecondToFloats(Vector128<int> pairs, Vector128<float> scale, Vector128<float> offset) =>
        (Vector128.ConvertToSingle(Second(pairs)) * scale) + offset;

    public static void Prefetch(byte* address)
    {
        // Left to the processor.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> First(Vector128<int> pairs) => (pairs << 16) >> 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Second(Vector128<int> pairs) => pairs >> 16;
}
