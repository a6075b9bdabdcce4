using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Products of one or two queries with the keys of a head, four keys at a time, and their exponentials.</summary>
internal static unsafe class DecodeProducts<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
{
    /// <summary>to[key] = query · keys[key]; up to three more numbers are written.</summary>
    /// <param name="query">A head's numbers.</param>
    /// <param name="keys">The first key.</param>
    /// <param name="stride">Numbers from a key to the next.</param>
    /// <param name="count">How many keys.</param>
    /// <param name="size">Numbers in a head.</param>
    /// <param name="to">Room for the products.</param>
    /// <param name="next">How far from a key that lies which is read next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(T* query, T* keys, nint stride, int count, int size, T* to, nint next)
    {
        for (int key = 0; key < count; key += 4)
        {
            T* k0 = keys + (key * stride);
            T* k1 = key + 1 < count ? k0 + stride : k0;
            T* k2 = key + 2 < count ? k1 + stride : k1;
            T* k3 = key + 3 < count ? k2 + stride : k2;
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            int d = 0;
            for (; d + TSimd.Width <= size; d += TSimd.Width)
            {
                Prefetch(k0 + d, k1 + d, k2 + d, k3 + d, next);
                TVector q = TSimd.Load(query + d);
                s0 = TSimd.MultiplyAdd(q, TSimd.Load(k0 + d), s0);
                s1 = TSimd.MultiplyAdd(q, TSimd.Load(k1 + d), s1);
                s2 = TSimd.MultiplyAdd(q, TSimd.Load(k2 + d), s2);
                s3 = TSimd.MultiplyAdd(q, TSimd.Load(k3 + d), s3);
            }

            if (d < size)
            {
                TVector q = Lanes<TVector, T, TSimd>.Load(query + d, size - d);
                s0 = TSimd.MultiplyAdd(q, Lanes<TVector, T, TSimd>.Load(k0 + d, size - d), s0);
                s1 = TSimd.MultiplyAdd(q, Lanes<TVector, T, TSimd>.Load(k1 + d, size - d), s1);
                s2 = TSimd.MultiplyAdd(q, Lanes<TVector, T, TSimd>.Load(k2 + d, size - d), s2);
                s3 = TSimd.MultiplyAdd(q, Lanes<TVector, T, TSimd>.Load(k3 + d, size - d), s3);
            }

            TSimd.SumFour(s0, s1, s2, s3, to + key);
        }
    }

    /// <summary>The same for two queries, which read each key once; products of the second lie <paramref name="width"/> numbers after those of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Two(T* queries, T* keys, nint stride, int count, int size, T* to, nint width, nint next)
    {
        for (int key = 0; key < count; key += 4)
        {
            T* k0 = keys + (key * stride);
            T* k1 = key + 1 < count ? k0 + stride : k0;
            T* k2 = key + 2 < count ? k1 + stride : k1;
            T* k3 = key + 3 < count ? k2 + stride : k2;
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            TVector t0 = default, t1 = default, t2 = default, t3 = default;
            int d = 0;
            for (; d + TSimd.Width <= size; d += TSimd.Width)
            {
                Prefetch(k0 + d, k1 + d, k2 + d, k3 + d, next);
                TVector q = TSimd.Load(queries + d);
                TVector r = TSimd.Load(queries + size + d);
                TVector k = TSimd.Load(k0 + d);
                s0 = TSimd.MultiplyAdd(q, k, s0);
                t0 = TSimd.MultiplyAdd(r, k, t0);
                k = TSimd.Load(k1 + d);
                s1 = TSimd.MultiplyAdd(q, k, s1);
                t1 = TSimd.MultiplyAdd(r, k, t1);
                k = TSimd.Load(k2 + d);
                s2 = TSimd.MultiplyAdd(q, k, s2);
                t2 = TSimd.MultiplyAdd(r, k, t2);
                k = TSimd.Load(k3 + d);
                s3 = TSimd.MultiplyAdd(q, k, s3);
                t3 = TSimd.MultiplyAdd(r, k, t3);
            }

            if (d < size)
            {
                int left = size - d;
                TVector q = Lanes<TVector, T, TSimd>.Load(queries + d, left);
                TVector r = Lanes<TVector, T, TSimd>.Load(queries + size + d, left);
                TVector k = Lanes<TVector, T, TSimd>.Load(k0 + d, left);
                s0 = TSimd.MultiplyAdd(q, k, s0);
                t0 = TSimd.MultiplyAdd(r, k, t0);
                k = Lanes<TVector, T, TSimd>.Load(k1 + d, left);
                s1 = TSimd.MultiplyAdd(q, k, s1);
                t1 = TSimd.MultiplyAdd(r, k, t1);
                k = Lanes<TVector, T, TSimd>.Load(k2 + d, left);
                s2 = TSimd.MultiplyAdd(q, k, s2);
                t2 = TSimd.MultiplyAdd(r, k, t2);
                k = Lanes<TVector, T, TSimd>.Load(k3 + d, left);
                s3 = TSimd.MultiplyAdd(q, k, s3);
                t3 = TSimd.MultiplyAdd(r, k, t3);
            }

            TSimd.SumFour(s0, s1, s2, s3, to + key);
            TSimd.SumFour(t0, t1, t2, t3, to + width + key);
        }
    }

    /// <summary>Turns products into exponentials of <paramref name="scale"/> times what they are below the largest.</summary>
    /// <returns>The largest product, and the sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (T Largest, T Sum) Exponentiate(T* products, int count, T scale)
    {
        TVector most = TSimd.Broadcast(T.NegativeInfinity);
        for (int i = 0; i < count; i += TSimd.Width)
        {
            most = TSimd.Max(most, Lanes<TVector, T, TSimd>.Load(products + i, count - i, T.NegativeInfinity));
        }

        T largest = TSimd.Largest(most);
        TVector shift = TSimd.Broadcast(largest);
        TVector factor = TSimd.Broadcast(scale);
        TVector sum = default;
        for (int i = 0; i < count; i += TSimd.Width)
        {
            TVector below = TSimd.Subtract(Lanes<TVector, T, TSimd>.Load(products + i, count - i, T.NegativeInfinity), shift);
            TVector exponential = TSimd.Exp(TSimd.Multiply(below, factor));
            sum = TSimd.Add(sum, exponential);
            Lanes<TVector, T, TSimd>.Store(exponential, products + i, count - i);
        }

        return (largest, TSimd.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* k0, T* k1, T* k2, T* k3, nint next)
    {
        TSimd.Prefetch(k0 + next);
        TSimd.Prefetch(k1 + next);
        TSimd.Prefetch(k2 + next);
        TSimd.Prefetch(k3 + next);
    }
}
