using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The vectors of whatever machine this is, of single or double precision.</summary>
internal readonly unsafe struct PortableSimd<T> : ISimd<Vector<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width => Vector<T>.Count;

    public static Vector<T> Load(T* source) => Vector.Load(source);

    public static void Store(Vector<T> vector, T* destination) => vector.Store(destination);

    public static Vector<T> Broadcast(T value) => Vector.Create(value);

    public static Vector<T> Add(Vector<T> left, Vector<T> right) => left + right;

    public static Vector<T> Subtract(Vector<T> left, Vector<T> right) => left - right;

    public static Vector<T> Multiply(Vector<T> left, Vector<T> right) => left * right;

    public static Vector<T> Divide(Vector<T> left, Vector<T> right) => left / right;

    public static Vector<T> Max(Vector<T> left, Vector<T> right) => Vector.Max(left, right);

    public static Vector<T> Sqrt(Vector<T> vector) => Vector.SquareRoot(vector);

    public static Vector<T> MultiplyAdd(Vector<T> left, Vector<T> right, Vector<T> addend)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.MultiplyAddEstimate(left.As<T, float>(), right.As<T, float>(), addend.As<T, float>()).As<float, T>();
        }

        return Vector.MultiplyAddEstimate(left.As<T, double>(), right.As<T, double>(), addend.As<T, double>()).As<double, T>();
    }

    public static Vector<T> Exp(Vector<T> vector)
    {
        if (typeof(T) == typeof(float))
        {
            return Exp(vector.As<T, float>()).As<float, T>();
        }

        return Vector.Exp(vector.As<T, double>()).As<double, T>();
    }

    public static Vector<T> SwapPairs(Vector<T> vector)
    {
        T* numbers = stackalloc T[Width];
        for (int i = 0; i < Width; i++)
        {
            numbers[i] = vector[i ^ 1];
        }

        return Vector.Load(numbers);
    }

    public static T Sum(Vector<T> vector) => Vector.Sum(vector);

    public static T Largest(Vector<T> vector)
    {
        T largest = vector[0];
        for (int i = 1; i < Vector<T>.Count; i++)
        {
            largest = T.Max(largest, vector[i]);
        }

        return largest;
    }

    public static void SumFour(Vector<T> first, Vector<T> second, Vector<T> third, Vector<T> fourth, T* sums)
    {
        sums[0] = Sum(first);
        sums[1] = Sum(second);
        sums[2] = Sum(third);
        sums[3] = Sum(fourth);
    }

    public static void Prefetch(T* address)
    {
        // There is no portable way to say it.
    }

    public static void Transpose(T** rows, nint offset, T* destination, nint step) => Transposition.Block(rows, offset, Width, destination, step);

    private static Vector<float> Exp(Vector<float> vector)
    {
        // Beyond these the result is 0 or infinity whatever the input; between them 2ⁿ is applied in two factors, each of which has an exponent of its own.
        Vector<float> x = Vector.Min(Vector.Max(vector, Vector.Create(-150f)), Vector.Create(150f));
        Vector<float> n = Vector.Round(x * ExpSeries.Log2E);
        Vector<float> r = x - (n * ExpSeries.Ln2High);
        r -= n * ExpSeries.Ln2Low;
        Vector<int> exponent = Vector.ConvertToInt32(n);
        Vector<int> half = exponent >> 1;
        return ExpSeries.Evaluate<Vector<float>, PortableSimd<float>>(r) * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static Vector<float> PowerOfTwo(Vector<int> exponent) => Vector.AsVectorSingle((exponent + Vector.Create(127)) << 23);
}
