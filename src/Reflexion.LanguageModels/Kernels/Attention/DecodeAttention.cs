using System.Numerics;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Attention of one new token for each of several sequences over what is cached of them.</summary>
/// <remarks>
/// Keys are taken in blocks of which each gives a softmax of its own; those of a sequence are then weighed against each other (Dao et al. 2023, "Flash-Decoding").
/// Blocks follow from a sequence's length alone, so that no result depends on other sequences or on the number of threads.
/// </remarks>
internal static unsafe class DecodeAttention
{
    private const int BlockKeys = 64;
    private const int Padding = 32;

    /// <summary>output = softmax(q·kᵀ / √(head size))·v for each sequence and head.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="shape">The heads.</param>
    /// <param name="sequences">One for each row of queries.</param>
    /// <param name="stride">Numbers from a cached row to the next, of keys as of values; at least key-value heads · head size.</param>
    /// <param name="queries">[sequences, heads · head size].</param>
    /// <param name="output">[sequences, heads · head size]; may be the queries.</param>
    public static void Run<T>(WorkerPool pool, AttentionShape shape, ReadOnlySpan<DecodeSequence> sequences, nint stride, Matrix<T> queries, Matrix<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(queries, output);
        if (pool.Vectors == VectorSet.Avx512)
        {
            Run<Vector512<T>, T, Avx512Simd<T>>(pool, shape, sequences, stride, queries, output);
        }
        else if (pool.Vectors == VectorSet.Avx2)
        {
            Run<Vector256<T>, T, Avx2Simd<T>>(pool, shape, sequences, stride, queries, output);
        }
        else
        {
            Run<Vector<T>, T, PortableSimd<T>>(pool, shape, sequences, stride, queries, output);
        }
    }

    private static void Run<TVector, T, TSimd>(
        WorkerPool pool, AttentionShape shape, ReadOnlySpan<DecodeSequence> sequences, nint stride, Matrix<T> queries, Matrix<T> output)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        int parts = 0;
        foreach (DecodeSequence sequence in sequences)
        {
            parts += Blocks(sequence);
        }

        // A block's result: the heads' sums, then the largest product and the sum of exponentials of each.
        int resultSize = shape.Heads * (shape.HeadSize + 2);
        int weightSize = (shape.Group * BlockKeys) + Padding;
        long partBytes = RoundUp((long)parts * sizeof(DecodePart));
        long resultBytes = parts == sequences.Length ? 0 : RoundUp((long)parts * resultSize * sizeof(T));
        NativeBuffer<byte> buffer = pool.Rent(partBytes + resultBytes + ((long)pool.Threads * weightSize * sizeof(T)));
        fixed (DecodeSequence* first = sequences)
        {
            var job = new Job<T>
            {
                Shape = shape,
                Sequences = first,
                Stride = stride,
                Queries = queries,
                Output = output,
                Parts = (DecodePart*)buffer.Pointer,
                Results = (T*)(buffer.Pointer + partBytes),
                ResultSize = resultSize,
                Weights = (T*)(buffer.Pointer + partBytes + resultBytes),
                WeightSize = weightSize,
            };
            Divide(sequences, job.Parts);
            pool.Run(&Attend<TVector, T, TSimd>, &job, parts);
            if (resultBytes > 0)
            {
                pool.Run(&Merge<TVector, T, TSimd>, &job, sequences.Length);
            }
        }

        pool.Return(buffer);
    }

    private static int Blocks(DecodeSequence sequence) => (sequence.Count + BlockKeys - 1) / BlockKeys;

    private static long RoundUp(long bytes) => (bytes + 63) & ~63L;

    private static void Divide(ReadOnlySpan<DecodeSequence> sequences, DecodePart* parts)
    {
        for (int row = 0; row < sequences.Length; row++)
        {
            for (int first = 0; first < sequences[row].Count; first += BlockKeys)
            {
                *parts++ = new(row, first, Math.Min(BlockKeys, sequences[row].Count - first));
            }
        }
    }

    private static void Attend<TVector, T, TSimd>(void* state, int number, int worker)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        var job = (Job<T>*)state;
        DecodePart part = job->Parts[number];
        bool isWhole = part.Count == job->Sequences[part.Row].Count;
        T* weights = job->Weights + ((long)worker * job->WeightSize);
        T* results = job->Results + ((long)number * job->ResultSize);
        T* ends = results + (job->Shape.Heads * job->Shape.HeadSize);
        for (int head = 0; head < job->Shape.Heads;)
        {
            int count = Math.Min(2, job->Shape.Group - (head % job->Shape.Group));
            T* output = isWhole ? job->Output.At(part.Row, head * job->Shape.HeadSize) : results + (head * job->Shape.HeadSize);
            Attend<TVector, T, TSimd>(job, part, head, count, weights, output, isWhole ? null : ends + (2 * head));
            head += count;
        }
    }

    /// <summary>One or two heads that share keys, over one block.</summary>
    private static void Attend<TVector, T, TSimd>(Job<T>* job, DecodePart part, int head, int heads, T* weights, T* output, T* ends)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        int size = job->Shape.HeadSize;
        nint stride = job->Stride;
        DecodeSequence sequence = job->Sequences[part.Row];
        nint at = (part.First * stride) + (head / job->Shape.Group * size);
        T* keys = (T*)sequence.Keys + at;
        T* values = (T*)sequence.Values + at;
        T* query = job->Queries.At(part.Row, head * size);
        T scale = T.CreateChecked(job->Shape.Scale);

        // While keys are read, their values are fetched; with those, the keys of the next head, or of the first one in the next block.
        nint toValues = (nint)(values - keys);
        int keyHead = head / job->Shape.Group;
        nint toNextKeys = (keyHead + 1 < job->Shape.KeyValueHeads ? size : (BlockKeys * stride) - (keyHead * size)) - toValues;
        if (heads == 1)
        {
            DecodeProducts<TVector, T, TSimd>.One(query, keys, stride, part.Count, size, weights, toValues);
            T factor = Finish<TVector, T, TSimd>(weights, part.Count, scale, ends);
            DecodeSums<TVector, T, TSimd>.One(weights, factor, values, stride, part.Count, size, output, toNextKeys);
            return;
        }

        DecodeProducts<TVector, T, TSimd>.Two(query, keys, stride, part.Count, size, weights, BlockKeys, toValues);
        T first = Finish<TVector, T, TSimd>(weights, part.Count, scale, ends);
        T second = Finish<TVector, T, TSimd>(weights + BlockKeys, part.Count, scale, ends == null ? null : ends + 2);
        DecodeSums<TVector, T, TSimd>.Two(weights, BlockKeys, first, second, values, stride, part.Count, size, output, output + size, toNextKeys);
    }

    /// <summary>Exponentials of products; what the sum of values is multiplied by, which is 1 where blocks are still to be merged.</summary>
    private static T Finish<TVector, T, TSimd>(T* products, int count, T scale, T* ends)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        (T largest, T sum) = DecodeProducts<TVector, T, TSimd>.Exponentiate(products, count, scale);
        if (ends == null)
        {
            return T.One / sum;
        }

        ends[0] = largest;
        ends[1] = sum;
        return T.One;
    }

    /// <summary>The blocks of one sequence weighed against each other.</summary>
    private static void Merge<TVector, T, TSimd>(void* state, int row)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        var job = (Job<T>*)state;
        int blocks = Blocks(job->Sequences[row]);
        if (blocks == 1)
        {
            return;
        }

        int number = 0;
        for (int i = 0; i < row; i++)
        {
            number += Blocks(job->Sequences[i]);
        }

        int size = job->Shape.HeadSize;
        T* results = job->Results + ((long)number * job->ResultSize);
        for (int head = 0; head < job->Shape.Heads; head++)
        {
            MergeHead<TVector, T, TSimd>(
                job, results + (head * size), results + (job->Shape.Heads * size) + (2 * head), blocks, job->Output.At(row, head * size));
        }
    }

    private static void MergeHead<TVector, T, TSimd>(Job<T>* job, T* sums, T* ends, int blocks, T* output)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        T largest = ends[0];
        for (int block = 1; block < blocks; block++)
        {
            largest = T.Max(largest, ends[block * job->ResultSize]);
        }

        int size = job->Shape.HeadSize;
        T scale = T.CreateChecked(job->Shape.Scale);
        TVector total = default;
        new Span<T>(output, size).Clear();
        for (int block = 0; block < blocks; block++)
        {
            T* end = ends + ((long)block * job->ResultSize);
            T* sum = sums + ((long)block * job->ResultSize);
            TVector weight = TSimd.Exp(TSimd.Broadcast((end[0] - largest) * scale));
            total = TSimd.MultiplyAdd(weight, TSimd.Broadcast(end[1]), total);
            for (int d = 0; d < size; d += TSimd.Width)
            {
                TVector merged = TSimd.MultiplyAdd(weight, Lanes<TVector, T, TSimd>.Load(sum + d, size - d), Lanes<TVector, T, TSimd>.Load(output + d, size - d));
                Lanes<TVector, T, TSimd>.Store(merged, output + d, size - d);
            }
        }

        for (int d = 0; d < size; d += TSimd.Width)
        {
            Lanes<TVector, T, TSimd>.Store(TSimd.Divide(Lanes<TVector, T, TSimd>.Load(output + d, size - d), total), output + d, size - d);
        }
    }

    private struct Job<T>
        where T : unmanaged
    {
        public AttentionShape Shape;
        public DecodeSequence* Sequences;
        public nint Stride;
        public Matrix<T> Queries;
        public Matrix<T> Output;
        public DecodePart* Parts;
        public T* Results;
        public int ResultSize;
        public T* Weights;
        public int WeightSize;
    }
}
