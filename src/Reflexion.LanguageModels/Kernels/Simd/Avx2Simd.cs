using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>AVX2 with fused multiply-add.</summary>
internal readonly unsafe struct Avx2Simd<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width => Vector256<T>.Count;

    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    public static void Store(Vector256<T> vector, T* destination) => vector.Store(destination);

    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    public static Vector256<T> Max(Vector256<T> left, Vector256<T> right) => Vector256.Max(left, right);

    public static Vector256<T> Sqrt(Vector256<T> vector) => Vector256.Sqrt(vector);

    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) => typeof(T) == typeof(float)
        ? Fma.MultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Fma.MultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    public static Vector256<T> Exp(Vector256<T> vector) => typeof(T) == typeof(float)
        ? Exp(vector.AsSingle()).As<float, T>()
        : Vector256.Exp(vector.AsDouble()).As<double, T>();

    public static Vector256<T> SwapPairs(Vector256<T> vector) => typeof(T) == typeof(float)
        ? Avx.Permute(vector.AsSingle(), 0xB1).As<float, T>()
        : Avx.Permute(vector.AsDouble(), 0x05).As<double, T>();

    public static T Sum(Vector256<T> vector) => Vector256.Sum(vector);

    public static T Largest(Vector256<T> vector)
    {
        Vector128<T> half = Vector128.Max(vector.GetLower(), vector.GetUpper());
        T largest = T.Max(half[0], half[1]);
        return typeof(T) == typeof(float) ? T.Max(largest, T.Max(half[2], half[3])) : largest;
    }

    public static void SumFour(Vector256<T> first, Vector256<T> second, Vector256<T> third, Vector256<T> fourth, T* sums)
    {
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
            Transposition.Block8((float**)rows, offset, (float*)destination, step);
        }
        else
        {
            Transposition.Block(rows, offset, Width, destination, step);
        }
    }

    private static Vector256<float> Exp(Vector256<float> vector)
    {
        // Beyond these the result is 0 or infinity whatever the input; between them 2ⁿ is applied in two factors, each of which has an exponent of its own.
        Vector256<float> x = Avx.Min(Vector256.Create(150f), Avx.Max(Vector256.Create(-150f), vector));
        Vector256<float> n = Vector256.Round(x * ExpSeries.Log2E);
        Vector256<float> r = Fma.MultiplyAdd(n, Vector256.Create(-ExpSeries.Ln2High), x);
        r = Fma.MultiplyAdd(n, Vector256.Create(-ExpSeries.Ln2Low), r);
        Vector256<int> exponent = Avx.ConvertToVector256Int32(n);
        Vector256<int> half = exponent >> 1;
        return ExpSeries.Evaluate<Vector256<float>, Avx2Simd<float>>(r) * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();
}
