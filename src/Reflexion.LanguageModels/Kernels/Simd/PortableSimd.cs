using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The vectors of whatever machine this is, of single or double precision.</summary>
internal readonly unsafe struct PortableSimd<T> : ISimd<Vector<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsSupported => true;

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
            return Vector.Exp(vector.As<T, float>()).As<float, T>();
        }

        return Vector.Exp(vector.As<T, double>()).As<double, T>();
    }

    public static T Sum(Vector<T> vector) => Vector.Sum(vector);

    public static void Prefetch(T* address)
    {
        // There is no portable way to say it.
    }

    public static void Transpose(T** rows, nint offset, T* destination, nint step)
    {
        for (int k = 0; k < Width; k++)
        {
            for (int i = 0; i < Width; i++)
            {
                destination[(k * step) + i] = rows[i][offset + k];
            }
        }
    }
}
