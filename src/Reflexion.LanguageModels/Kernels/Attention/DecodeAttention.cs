using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Attention of one new token for each of several sequences over what is cached of them.</summary>
internal static unsafe class DecodeAttention
{
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
        int longest = 0;
        foreach (DecodeSequence sequence in sequences)
        {
            longest = Math.Max(longest, sequence.Count);
        }

        long room = ((long)shape.Group * longest) + Padding;
        NativeBuffer<byte> buffer = pool.Rent(room * pool.Threads * sizeof(T));
        fixed (DecodeSequence* first = sequences)
        {
            var job = new Job<T>
            {
                Shape = shape,
                Sequences = first,
                Stride = stride,
                Queries = queries,
                Output = output,
                Scratch = (T*)buffer.Pointer,
                ScratchSize = room,
            };
            int parts = sequences.Length * shape.KeyValueHeads;
            if (pool.Vectors == VectorSet.Avx512)
            {
                pool.Run(&RunPart<Vector512<T>, T, Avx512Simd<T>>, &job, parts);
            }
            else if (pool.Vectors == VectorSet.Avx2)
            {
                pool.Run(&RunPart<Vector256<T>, T, Avx2Simd<T>>, &job, parts);
            }
            else
            {
                pool.Run(&RunPart<Vector<T>, T, PortableSimd<T>>, &job, parts);
            }
        }

        pool.Return(buffer);
    }

    private static void RunPart<TVector, T, TSimd>(void* state, int part, int worker)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        var job = (Job<T>*)state;
        int row = part / job->Shape.KeyValueHeads;
        int head = part % job->Shape.KeyValueHeads;
        int size = job->Shape.HeadSize;
        DecodeSequence sequence = job->Sequences[row];
        T* keys = (T*)sequence.Keys + (head * size);
        T* values = (T*)sequence.Values + (head * size);
        T* products = job->Scratch + (worker * job->ScratchSize);
        int firstHead = head * job->Shape.Group;
        for (int i = 0; i < job->Shape.Group; i++)
        {
            T* query = job->Queries.At(row, (firstHead + i) * size);
            T* weights = products + ((long)i * sequence.Count);
            Multiply<TVector, T, TSimd>(query, keys, job->Stride, sequence.Count, size, T.CreateChecked(job->Shape.Scale), weights);
            T total = Exponentiate<TVector, T, TSimd>(weights, sequence.Count);
            Add<TVector, T, TSimd>(weights, T.One / total, values, job->Stride, sequence.Count, size, job->Output.At(row, (firstHead + i) * size));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TVector, T, TSimd>(T* query, T* keys, nint stride, int count, int size, T scale, T* products)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        for (int key = 0; key < count; key++)
        {
            TVector sum = default;
            for (int d = 0; d < size; d += TSimd.Width)
            {
                sum = TSimd.MultiplyAdd(Lanes<TVector, T, TSimd>.Load(query + d, size - d), Lanes<TVector, T, TSimd>.Load(keys + d, size - d), sum);
            }

            products[key] = TSimd.Sum(sum) * scale;
            keys += stride;
        }
    }

    /// <summary>Turns products into exponentials of what they are below the largest, and returns their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Exponentiate<TVector, T, TSimd>(T* products, int count)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        T largest = products[0];
        for (int i = 1; i < count; i++)
        {
            largest = T.Max(largest, products[i]);
        }

        TVector shift = TSimd.Broadcast(largest);
        TVector sum = default;
        for (int i = 0; i < count; i += TSimd.Width)
        {
            TVector exponential = TSimd.Exp(TSimd.Subtract(Lanes<TVector, T, TSimd>.Load(products + i, count - i, T.NegativeInfinity), shift));
            sum = TSimd.Add(sum, exponential);
            Lanes<TVector, T, TSimd>.Store(exponential, products + i, count - i);
        }

        return TSimd.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TVector, T, TSimd>(T* weights, T factor, T* values, nint stride, int count, int size, T* output)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        TVector scale = TSimd.Broadcast(factor);
        int d = 0;
        for (; d + (4 * TSimd.Width) <= size; d += 4 * TSimd.Width)
        {
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            T* value = values + d;
            for (int key = 0; key < count; key++)
            {
                TVector weight = TSimd.Broadcast(weights[key]);
                s0 = TSimd.MultiplyAdd(weight, TSimd.Load(value), s0);
                s1 = TSimd.MultiplyAdd(weight, TSimd.Load(value + TSimd.Width), s1);
                s2 = TSimd.MultiplyAdd(weight, TSimd.Load(value + (2 * TSimd.Width)), s2);
                s3 = TSimd.MultiplyAdd(weight, TSimd.Load(value + (3 * TSimd.Width)), s3);
                value += stride;
            }

            TSimd.Store(TSimd.Multiply(s0, scale), output + d);
            TSimd.Store(TSimd.Multiply(s1, scale), output + d + TSimd.Width);
            TSimd.Store(TSimd.Multiply(s2, scale), output + d + (2 * TSimd.Width));
            TSimd.Store(TSimd.Multiply(s3, scale), output + d + (3 * TSimd.Width));
        }

        for (; d < size; d += TSimd.Width)
        {
            TVector sum = default;
            for (int key = 0; key < count; key++)
            {
                sum = TSimd.MultiplyAdd(TSimd.Broadcast(weights[key]), Lanes<TVector, T, TSimd>.Load(values + (key * stride) + d, size - d), sum);
            }

            Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(sum, scale), output + d, size - d);
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
        public T* Scratch;
        public long ScratchSize;
    }
}
