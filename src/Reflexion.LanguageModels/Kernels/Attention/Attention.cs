using System.Numerics;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Causal grouped-query attention over packed sequences, in tiles: no matrix of all products is kept (Dao et al. 2022).</summary>
/// <remarks>Sums are taken in an order that follows from the shapes alone, so results do not depend on the number of threads.</remarks>
internal static unsafe class Attention
{
    /// <summary>output = softmax(q·kᵀ / √(head size))·v for each query of the segments and each head.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="shape">The heads.</param>
    /// <param name="segments">The sequences; rows of queries in none of them are left alone.</param>
    /// <param name="queries">[tokens, heads · head size], turned by their positions.</param>
    /// <param name="keys">[tokens, key-value heads · head size], turned by their positions.</param>
    /// <param name="values">[tokens, key-value heads · head size].</param>
    /// <param name="output">[tokens, heads · head size]; may be the queries if no backward pass follows.</param>
    /// <param name="logSums">Room for [heads, rows of queries], which the backward pass needs; null: not kept.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together, or a segment lies outside them.</exception>
    public static void Forward<T>(
        WorkerPool pool,
        AttentionShape shape,
        ReadOnlySpan<AttentionSegment> segments,
        Matrix<T> queries,
        Matrix<T> keys,
        Matrix<T> values,
        Matrix<T> output,
        T* logSums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, segments, queries, keys, values, output);
        fixed (AttentionSegment* first = segments)
        {
            var job = new AttentionJob<T>
            {
                Shape = shape,
                Segments = first,
                SegmentCount = segments.Length,
                Queries = queries,
                Keys = keys,
                Values = values,
                Output = output,
                LogSums = logSums,
            };
            if (pool.Vectors == VectorSet.Avx512)
            {
                AttentionForward<Vector512<T>, T, Avx512Simd<T>, TallTile<Vector512<T>, T, Avx512Simd<T>>>.Run(pool, &job);
            }
            else if (pool.Vectors == VectorSet.Avx2)
            {
                AttentionForward<Vector256<T>, T, Avx2Simd<T>, SmallTile<Vector256<T>, T, Avx2Simd<T>>>.Run(pool, &job);
            }
            else
            {
                AttentionForward<Vector<T>, T, PortableSimd<T>, SmallTile<Vector<T>, T, PortableSimd<T>>>.Run(pool, &job);
            }
        }
    }

    /// <summary>The gradients of queries, keys and values from the output's; probabilities are worked out again.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="shape">The heads.</param>
    /// <param name="segments">The sequences of the forward pass.</param>
    /// <param name="queries">As in the forward pass.</param>
    /// <param name="keys">As in the forward pass.</param>
    /// <param name="values">As in the forward pass.</param>
    /// <param name="output">What the forward pass made.</param>
    /// <param name="logSums">What the forward pass kept.</param>
    /// <param name="outputGradient">The gradient of the output.</param>
    /// <param name="queryGradient">Written for the queries of the segments.</param>
    /// <param name="keyGradient">Written for all keys; zero for those that no query attends to.</param>
    /// <param name="valueGradient">Written for all values.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together, or a segment lies outside them.</exception>
    public static void Backward<T>(
        WorkerPool pool,
        AttentionShape shape,
        ReadOnlySpan<AttentionSegment> segments,
        Matrix<T> queries,
        Matrix<T> keys,
        Matrix<T> values,
        Matrix<T> output,
        T* logSums,
        Matrix<T> outputGradient,
        Matrix<T> queryGradient,
        Matrix<T> keyGradient,
        Matrix<T> valueGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, segments, queries, keys, values, output);
        Check(shape, segments, queryGradient, keyGradient, valueGradient, outputGradient);
        Shapes.Same(queries, queryGradient);
        Shapes.Same(keys, keyGradient);
        fixed (AttentionSegment* first = segments)
        {
            var job = new AttentionJob<T>
            {
                Shape = shape,
                Segments = first,
                SegmentCount = segments.Length,
                Queries = queries,
                Keys = keys,
                Values = values,
                Output = output,
                LogSums = logSums,
                OutputGradient = outputGradient,
                QueryGradient = queryGradient,
                KeyGradient = keyGradient,
                ValueGradient = valueGradient,
            };
            if (pool.Vectors == VectorSet.Avx512)
            {
                AttentionBackward<Vector512<T>, T, Avx512Simd<T>, TallTile<Vector512<T>, T, Avx512Simd<T>>>.Run(pool, &job);
            }
            else if (pool.Vectors == VectorSet.Avx2)
            {
                AttentionBackward<Vector256<T>, T, Avx2Simd<T>, SmallTile<Vector256<T>, T, Avx2Simd<T>>>.Run(pool, &job);
            }
            else
            {
                AttentionBackward<Vector<T>, T, PortableSimd<T>, SmallTile<Vector<T>, T, PortableSimd<T>>>.Run(pool, &job);
            }
        }
    }

    private static void Check<T>(
        AttentionShape shape, ReadOnlySpan<AttentionSegment> segments, Matrix<T> queries, Matrix<T> keys, Matrix<T> values, Matrix<T> output)
        where T : unmanaged
    {
        if (shape.HeadSize < 1 || shape.KeyValueHeads < 1 || shape.Heads % shape.KeyValueHeads != 0)
        {
            throw new ArgumentException($"{shape.Heads} heads of {shape.HeadSize} numbers cannot share {shape.KeyValueHeads} key heads.", nameof(shape));
        }

        int width = shape.Heads * shape.HeadSize;
        int keyWidth = shape.KeyValueHeads * shape.HeadSize;
        if (queries.Columns != width || output.Columns != width || output.Rows != queries.Rows
            || keys.Columns != keyWidth || values.Columns != keyWidth || values.Rows != keys.Rows
            || queries.IsTransposed || keys.IsTransposed || values.IsTransposed || output.IsTransposed)
        {
            throw new ArgumentException($"Queries [{queries.Rows}, {queries.Columns}], keys [{keys.Rows}, {keys.Columns}], values and output do not fit {shape}.", nameof(queries));
        }

        foreach (AttentionSegment segment in segments)
        {
            if (segment.QueryCount < 0 || segment.Offset < 0 || segment.PrefixCount < 0
                || !IsWithin(segment.QueryStart, segment.QueryCount, queries.Rows)
                || !IsWithin(segment.KeyStart, segment.KeyCount, keys.Rows)
                || !IsWithin(segment.PrefixStart, segment.PrefixCount, keys.Rows))
            {
                throw new ArgumentException($"{segment} lies outside {queries.Rows} queries and {keys.Rows} keys, or has fewer keys than queries.", nameof(segments));
            }
        }
    }

    private static bool IsWithin(int start, int count, int rows) => start >= 0 && start <= rows - count;
}
