using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Causal grouped-query attention over segments of a token stream.</summary>
internal static unsafe class Attention
{
    /// <summary>o = softmax(q·kᵀ / √size)·v; the log-sum-exp of each row and head is saved.</summary>
    public static void Forward<T>(
        WorkerPool pool, ReadOnlySpan<AttentionSegment> segments, int heads, int groups, Matrix<T> q, Matrix<T> k, Matrix<T> v, Matrix<T> o, T* logSumExp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = q.Columns / heads;
        T scale = T.One / T.Sqrt(T.CreateTruncating(size));
        foreach (AttentionSegment s in segments)
        {
            for (int h = 0; h < heads; h++)
            {
                int g = h / (heads / groups);
                for (int i = 0; i < s.Length; i++)
                {
                    T* qi = q.Pointer + ((long)(s.Start + i) * q.Stride) + (h * size);
                    T* oi = o.Pointer + ((long)(s.Start + i) * o.Stride) + (h * size);
                    int keys = s.PrefixLength + i + 1;
                    T max = T.NegativeInfinity;
                    for (int j = 0; j < keys; j++)
                    {
                        max = T.Max(max, Dot(qi, Row(k, s, j, g, size), size) * scale);
                    }

                    new Span<T>(oi, size).Clear();
                    T sum = T.Zero;
                    for (int j = 0; j < keys; j++)
                    {
                        T p = T.Exp((Dot(qi, Row(k, s, j, g, size), size) * scale) - max);
                        sum += p;
                        Add(oi, Row(v, s, j, g, size), p, size);
                    }

                    for (int c = 0; c < size; c++)
                    {
                        oi[c] /= sum;
                    }

                    logSumExp[((long)(s.Start + i) * heads) + h] = max + T.Log(sum);
                }
            }
        }
    }

    /// <summary>dq, dk and dv from do; the three are overwritten.</summary>
    public static void Backward<T>(
        WorkerPool pool, ReadOnlySpan<AttentionSegment> segments, int heads, int groups, Matrix<T> q, Matrix<T> k, Matrix<T> v, Matrix<T> o, T* logSumExp,
        Matrix<T> dO, Matrix<T> dQ, Matrix<T> dK, Matrix<T> dV)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = q.Columns / heads;
        T scale = T.One / T.Sqrt(T.CreateTruncating(size));
        new Span<T>(dQ.Pointer, dQ.Rows * dQ.Columns).Clear();
        new Span<T>(dK.Pointer, dK.Rows * dK.Columns).Clear();
        new Span<T>(dV.Pointer, dV.Rows * dV.Columns).Clear();
        foreach (AttentionSegment s in segments)
        {
            for (int h = 0; h < heads; h++)
            {
                int g = h / (heads / groups);
                for (int i = 0; i < s.Length; i++)
                {
                    long row = s.Start + i;
                    T* qi = q.Pointer + (row * q.Stride) + (h * size);
                    T* dqi = dQ.Pointer + (row * dQ.Stride) + (h * size);
                    T* doi = dO.Pointer + (row * dO.Stride) + (h * size);
                    T d = Dot(doi, o.Pointer + (row * o.Stride) + (h * size), size);
                    T lse = logSumExp[(row * heads) + h];
                    for (int j = 0; j < s.PrefixLength + i + 1; j++)
                    {
                        T p = T.Exp((Dot(qi, Row(k, s, j, g, size), size) * scale) - lse);
                        Add(Row(dV, s, j, g, size), doi, p, size);
                        T ds = p * (Dot(doi, Row(v, s, j, g, size), size) - d) * scale;
                        Add(dqi, Row(k, s, j, g, size), ds, size);
                        Add(Row(dK, s, j, g, size), qi, ds, size);
                    }
                }
            }
        }
    }

    private static T* Row<T>(Matrix<T> m, AttentionSegment s, int key, int group, int size)
        where T : unmanaged =>
        m.Pointer + ((long)(key < s.PrefixLength ? s.PrefixStart + key : s.Start + key - s.PrefixLength) * m.Stride) + (group * size);

    private static T Dot<T>(T* a, T* b, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < n; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add<T>(T* to, T* from, T factor, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            to[i] += from[i] * factor;
        }
    }
}
