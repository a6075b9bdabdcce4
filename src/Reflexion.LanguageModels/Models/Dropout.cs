using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Which inputs of an adapter are dropped: a function of the seed and the place, so that the backward pass finds the same.</summary>
/// <param name="Rate">The share dropped, in [0,1).</param>
/// <param name="Seed">What distinguishes this pass from others.</param>
internal readonly unsafe record struct Dropout(double Rate, ulong Seed)
{
    private const int ChunkSize = 4_096;

    public bool IsOn => Rate > 0;

    /// <summary>to = from where kept, scaled up to the same mean; 0 where dropped. The two may be the same memory.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="place">Tells apart the masks of one pass.</param>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Where they go.</param>
    public void Apply<T>(WorkerPool pool, int place, Matrix<T> from, Matrix<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new Job<T>
        {
            From = from.Pointer,
            To = to.Pointer,
            Length = (long)from.Rows * from.Columns,
            Key = CounterRandom.Mix(Seed + CounterRandom.Mix((ulong)place)),
            Threshold = (uint)Math.Min(uint.MaxValue, Rate * 4294967296.0),
            Scale = T.CreateTruncating(1 / (1 - Rate)),
        };
        RowJob.Run<Job<T>, T>(pool, &job, checked((int)((job.Length + ChunkSize - 1) / ChunkSize)), 4L * ChunkSize);
    }

    private struct Job<T> : IRowJob<Job<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* From;
        public T* To;
        public long Length;
        public ulong Key;
        public uint Threshold;
        public T Scale;

        public static void Run<TVector, TSimd>(Job<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            long last = Math.Min(job->Length, (long)end * ChunkSize);
            for (long i = (long)first * ChunkSize; i < last; i++)
            {
                bool isKept = (uint)(CounterRandom.Mix(job->Key + (ulong)i) >> 32) >= job->Threshold;
                job->To[i] = isKept ? job->From[i] * job->Scale : T.Zero;
            }
        }
    }
}
