using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>AVX-512, asked for itself: <see cref="Vector512.IsHardwareAccelerated"/> is false on some machines that have it.</summary>
internal readonly unsafe struct Avx512Simd<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width => Vector512<T>.Count;

    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    public static void Store(Vector512<T> vector, T* destination) => vector.Store(destination);

    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    public static Vector512<T> Max(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);

    public static Vector512<T> Sqrt(Vector512<T> vector) => Vector512.Sqrt(vector);

    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) => typeof(T) == typeof(float)
        ? Avx512F.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Avx512F.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    public static Vector512<T> Exp(Vector512<T> vector) => typeof(T) == typeof(float)
        ? Exp(vector.AsSingle()).As<float, T>()
        : Vector512.Exp(vector.AsDouble()).As<double, T>();

    public static Vector512<T> SwapPairs(Vector512<T> vector) => typeof(T) == typeof(float)
        ? Avx512F.Permute4x32(vector.AsSingle(), 0xB1).As<float, T>()
        : Avx512F.Permute2x64(vector.AsDouble(), 0x55).As<double, T>();

    public static T Sum(Vector512<T> vector) => Vector512.Sum(vector);

    public static T Largest(Vector512<T> vector) => Avx2Simd<T>.Largest(Vector256.Max(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumFour(Vector512<T> first, Vector512<T> second, Vector512<T> third, Vector512<T> fourth, T* sums)
    {
        if (typeof(T) == typeof(float))
        {
            SumFour(first.AsSingle(), second.AsSingle(), third.AsSingle(), fourth.AsSingle()).Store((float*)sums);
            return;
        }

        sums[0] = Sum(first);
        sums[1] = Sum(second);
        sums[2] = Sum(third);
        sums[3] = Sum(fourth);
    }

    public static void Prefetch(T* address) => Sse.Prefetch1(address);

    public static void Transpose(T** rows, nint offset, T* destination, nint step)
    {
        if (typeof(T) == typeof(float))
        {
            Transposition.Block16((float**)rows, offset, (float*)destination, step);
        }
        else
        {
            Transposition.Block(rows, offset, Width, destination, step);
        }
    }

    private static Vector512<float> Exp(Vector512<float> vector)
    {
        // Beyond these the result is 0 or infinity whatever the input.
        Vector512<float> x = Avx512F.Min(Vector512.Create(150f), Avx512F.Max(Vector512.Create(-150f), vector));
        Vector512<float> n = Avx512F.RoundScale(x * ExpSeries.Log2E, 0);
        Vector512<float> r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-ExpSeries.Ln2High), x);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-ExpSeries.Ln2Low), r);
        return Avx512F.Scale(ExpSeries.Evaluate<Vector512<float>, Avx512Simd<float>>(r), n);
    }

    // Halves of two vectors are added at a time, then quarters of all four, then what lies in each quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumFour(Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        Vector512<float> a = Avx512F.Shuffle4x128(first, second, 0x44) + Avx512F.Shuffle4x128(first, second, 0xEE);
        Vector512<float> b = Avx512F.Shuffle4x128(third, fourth, 0x44) + Avx512F.Shuffle4x128(third, fourth, 0xEE);
        Vector512<float> quarters = Avx512F.Shuffle4x128(a, b, 0x88) + Avx512F.Shuffle4x128(a, b, 0xDD);
        quarters += Avx512F.Permute4x32(quarters, 0x4E);
        quarters += Avx512F.Permute4x32(quarters, 0xB1);
        return Avx512F.PermuteVar16x32(quarters, Vector512.Create(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).GetLower().GetLower();
    }
}
