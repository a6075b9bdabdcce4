using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>AVX2 with fused multiply-add.</summary>
internal readonly unsafe struct Avx2Simd : ISimd<Vector256<float>, float>
{
    public static bool IsSupported => Fma.IsSupported && Avx2.IsSupported;

    public static int Width => 8;

    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    public static void Store(Vector256<float> vector, float* destination) => vector.Store(destination);

    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.Max(left, right);

    public static Vector256<float> Sqrt(Vector256<float> vector) => Vector256.Sqrt(vector);

    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Fma.MultiplyAdd(left, right, addend);

    public static float Sum(Vector256<float> vector) => Vector256.Sum(vector);

    public static void Prefetch(float* address) => Sse.Prefetch1(address);

    public static void Transpose(float** rows, nint offset, float* destination, nint step) => Transposition.Block8(rows, offset, destination, step);

    public static Vector256<float> Exp(Vector256<float> vector)
    {
        // Beyond these the result is 0 or infinity whatever the input; between them 2ⁿ is applied in two factors, each of which has an exponent of its own.
        Vector256<float> x = Vector256.Min(Vector256.Max(vector, Vector256.Create(-150f)), Vector256.Create(150f));
        Vector256<float> n = Vector256.Round(x * ExpSeries.Log2E);
        Vector256<float> r = Fma.MultiplyAdd(n, Vector256.Create(-ExpSeries.Ln2High), x);
        r = Fma.MultiplyAdd(n, Vector256.Create(-ExpSeries.Ln2Low), r);
        Vector256<int> exponent = Vector256.ConvertToInt32(n);
        Vector256<int> half = exponent >> 1;
        return ExpSeries.Evaluate<Vector256<float>, Avx2Simd>(r) * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();
}
