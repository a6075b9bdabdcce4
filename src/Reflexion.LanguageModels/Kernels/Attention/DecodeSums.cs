using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Weighted sums of the values of a head for one or two queries, in eight sums at a time so that none waits for another.</summary>
internal static unsafe class DecodeSums<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
{
    /// <summary>output = factor · Σ weights[key] · values[key].</summary>
    /// <param name="weights">One for each value.</param>
    /// <param name="factor">What the sum is multiplied by.</param>
    /// <param name="values">The first value.</param>
    /// <param name="stride">Numbers from a value to the next.</param>
    /// <param name="count">How many values.</param>
    /// <param name="size">Numbers in a head.</param>
    /// <param name="output">Room for a head.</param>
    /// <param name="next">How far from a value that lies which is read next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(T* weights, T factor, T* values, nint stride, int count, int size, T* output, nint next)
    {
        int d = 0;
        for (; d + (2 * TSimd.Width) <= size; d += 2 * TSimd.Width)
        {
            TVector a0 = default, a1 = default, a2 = default, a3 = default;
            TVector b0 = default, b1 = default, b2 = default, b3 = default;
            T* value = values + d;
            int key = 0;
            for (; key + 4 <= count; key += 4)
            {
                Prefetch(value + next);
                TVector weight = TSimd.Broadcast(weights[key]);
                a0 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a0);
                b0 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b0);
                value += stride;
                Prefetch(value + next);
                weight = TSimd.Broadcast(weights[key + 1]);
                a1 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a1);
                b1 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b1);
                value += stride;
                Prefetch(value + next);
                weight = TSimd.Broadcast(weights[key + 2]);
                a2 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a2);
                b2 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b2);
                value += stride;
                Prefetch(value + next);
                weight = TSimd.Broadcast(weights[key + 3]);
                a3 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a3);
                b3 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b3);
                value += stride;
            }

            for (; key < count; key++)
            {
                Prefetch(value + next);
                TVector weight = TSimd.Broadcast(weights[key]);
                a0 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a0);
                b0 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b0);
                value += stride;
            }

            Store(TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3)), TSimd.Add(TSimd.Add(b0, b1), TSimd.Add(b2, b3)), factor, output + d);
        }

        Rest(weights, factor, values, stride, count, size, output, d);
    }

    /// <summary>The same for two queries, which read each value once.</summary>
    /// <param name="weights">Those of the first query.</param>
    /// <param name="width">Numbers from a query's weights to the other's.</param>
    /// <param name="factor">What the first sum is multiplied by.</param>
    /// <param name="otherFactor">What the second sum is multiplied by.</param>
    /// <param name="values">The first value.</param>
    /// <param name="stride">Numbers from a value to the next.</param>
    /// <param name="count">How many values.</param>
    /// <param name="size">Numbers in a head.</param>
    /// <param name="output">Room for a head of the first query.</param>
    /// <param name="other">Room for a head of the second query.</param>
    /// <param name="next">How far from a value that lies which is read next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Two(
        T* weights, nint width, T factor, T otherFactor, T* values, nint stride, int count, int size, T* output, T* other, nint next)
    {
        T* weights1 = weights + width;
        int d = 0;
        for (; d + (2 * TSimd.Width) <= size; d += 2 * TSimd.Width)
        {
            TVector a0 = default, a1 = default, b0 = default, b1 = default;
            TVector c0 = default, c1 = default, e0 = default, e1 = default;
            T* value = values + d;
            int key = 0;
            for (; key + 2 <= count; key += 2)
            {
                Prefetch(value + next);
                TVector v = TSimd.Load(value);
                TVector w = TSimd.Load(value + TSimd.Width);
                TVector weight = TSimd.Broadcast(weights[key]);
                a0 = TSimd.MultiplyAdd(weight, v, a0);
                b0 = TSimd.MultiplyAdd(weight, w, b0);
                weight = TSimd.Broadcast(weights1[key]);
                c0 = TSimd.MultiplyAdd(weight, v, c0);
                e0 = TSimd.MultiplyAdd(weight, w, e0);
                value += stride;
                Prefetch(value + next);
                v = TSimd.Load(value);
                w = TSimd.Load(value + TSimd.Width);
                weight = TSimd.Broadcast(weights[key + 1]);
                a1 = TSimd.MultiplyAdd(weight, v, a1);
                b1 = TSimd.MultiplyAdd(weight, w, b1);
                weight = TSimd.Broadcast(weights1[key + 1]);
                c1 = TSimd.MultiplyAdd(weight, v, c1);
                e1 = TSimd.MultiplyAdd(weight, w, e1);
                value += stride;
            }

            if (key < count)
            {
                TVector weight = TSimd.Broadcast(weights[key]);
                a0 = TSimd.MultiplyAdd(weight, TSimd.Load(value), a0);
                b0 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), b0);
                weight = TSimd.Broadcast(weights1[key]);
                c0 = TSimd.MultiplyAdd(weight, TSimd.Load(value), c0);
                e0 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), e0);
            }

            Store(TSimd.Add(a0, a1), TSimd.Add(b0, b1), factor, output + d);
            Store(TSimd.Add(c0, c1), TSimd.Add(e0, e1), otherFactor, other + d);
        }

        Rest(weights, factor, values, stride, count, size, output, d);
        Rest(weights1, otherFactor, values, stride, count, size, other, d);
    }

    // The last vector or two of a head whose size is odd in vectors.
    private static void Rest(T* weights, T factor, T* values, nint stride, int count, int size, T* output, int d)
    {
        for (; d < size; d += TSimd.Width)
        {
            TVector sum = default;
            for (int key = 0; key < count; key++)
            {
                sum = TSimd.MultiplyAdd(TSimd.Broadcast(weights[key]), Lanes<TVector, T, TSimd>.Load(values + (key * stride) + d, size - d), sum);
            }

            Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(sum, TSimd.Broadcast(factor)), output + d, size - d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector first, TVector second, T factor, T* to)
    {
        TVector scale = TSimd.Broadcast(factor);
        TSimd.Store(TSimd.Multiply(first, scale), to);
        TSimd.Store(TSimd.Multiply(second, scale), to + TSimd.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* at)
    {
        TSimd.Prefetch(at);
        TSimd.Prefetch(at + TSimd.Width);
    }
}
