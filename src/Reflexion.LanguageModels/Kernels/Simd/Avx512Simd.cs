using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>AVX-512, asked for itself: <see cref="Vector512.IsHardwareAccelerated"/> is false on some machines that have it.</summary>
internal readonly unsafe struct Avx512Simd : ISimd<Vector512<float>, float>
{
    public static bool IsSupported => Avx512F.IsSupported;

    public static int Width => 16;

    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    public static void Store(Vector512<float> vector, float* destination) => vector.Store(destination);

    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => left / right;

    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Vector512.Max(left, right);

    public static Vector512<float> Sqrt(Vector512<float> vector) => Vector512.Sqrt(vector);

    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Avx512F.FusedMultiplyAdd(left, right, addend);

    public static float Sum(Vector512<float> vector) => Vector512.Sum(vector);

    public static void Prefetch(float* address) => Sse.Prefetch1(address);

    public static void Transpose(float** rows, nint offset, float* destination, nint step) => Transposition.Block16(rows, offset, destination, step);

    public static Vector512<float> Exp(Vector512<float> vector)
    {
        Vector512<float> n = Avx512F.RoundScale(vector * ExpSeries.Log2E, 0);
        Vector512<float> r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-ExpSeries.Ln2High), vector);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-ExpSeries.Ln2Low), r);
        return Avx512F.Scale(ExpSeries.Evaluate<Vector512<float>, Avx512Simd>(r), n);
    }
}
