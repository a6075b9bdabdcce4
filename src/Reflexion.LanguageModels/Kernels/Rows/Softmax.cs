using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Probabilities of rows of logits, and the log-probability of one token of each.</summary>
internal static unsafe class Softmax
{
    /// <summary>p = exp(x − log Σ exp x), row for row; p may take the place of x.</summary>
    public static void Probabilities<T>(WorkerPool pool, Matrix<T> x, Matrix<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Normalise(pool, x, p, isLog: false);

    /// <summary>l = x − log Σ exp x, row for row; l may take the place of x.</summary>
    public static void LogProbabilities<T>(WorkerPool pool, Matrix<T> x, Matrix<T> l)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Normalise(pool, x, l, isLog: true);

    /// <summary>log p(target) of each row.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="logits">Rows of logits [tokens, vocabulary].</param>
    /// <param name="targets">A token for each row; null: only <paramref name="logSums"/> are wanted.</param>
    /// <param name="logProbabilities">Room for a number for each row.</param>
    /// <param name="logSums">Room for log Σ exp of each row, which the backward pass needs.</param>
    public static void TokenForward<T>(WorkerPool pool, Matrix<T> logits, int* targets, T* logProbabilities, T* logSums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(logits, logits);
        var job = new TokenForwardJob<T> { Logits = logits, Targets = targets, LogProbabilities = logProbabilities, LogSums = logSums };
        RowJob.Run<TokenForwardJob<T>, T>(pool, &job, logits.Rows, 4L * logits.Columns);
    }

    /// <summary>Turns logits into their gradient: g · (1[j = target] − p_j), where g is the loss's gradient on the row's log p(target).</summary>
    public static void TokenBackward<T>(WorkerPool pool, Matrix<T> logits, int* targets, T* logSums, T* gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(logits, logits);
        var job = new TokenBackwardJob<T> { Logits = logits, Targets = targets, LogSums = logSums, Gradients = gradients };
        RowJob.Run<TokenBackwardJob<T>, T>(pool, &job, logits.Rows, 4L * logits.Columns);
    }

    private static void Normalise<T>(WorkerPool pool, Matrix<T> x, Matrix<T> y, bool isLog)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(x, y);
        var job = new NormaliseJob<T> { X = x, Y = y, IsLog = isLog };
        RowJob.Run<NormaliseJob<T>, T>(pool, &job, x.Rows, 4L * x.Columns);
    }

    /// <summary>log Σ exp of a row, in one pass: sums are rescaled where a block has a new maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T LogSum<TVector, T, TSimd>(T* x, int width)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        const int Block = 512;
        T most = T.NegativeInfinity;
        T total = T.Zero;
        for (int start = 0; start < width; start += Block)
        {
            int end = Math.Min(width, start + Block);
            T largest = T.Max(most, Largest<TVector, T, TSimd>(x + start, end - start));
            if (T.IsNegativeInfinity(largest))
            {
                continue;
            }

            TVector shift = TSimd.Broadcast(largest);
            TVector sum = default;
            for (int j = start; j < end; j += TSimd.Width)
            {
                sum = TSimd.Add(sum, TSimd.Exp(TSimd.Subtract(Lanes<TVector, T, TSimd>.Load(x + j, end - j, T.NegativeInfinity), shift)));
            }

            total = (total * T.Exp(most - largest)) + TSimd.Sum(sum);
            most = largest;
        }

        return most + T.Log(total);
    }

    private static T Largest<TVector, T, TSimd>(T* x, int count)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        const int MostWidth = 32;
        T* lanes = stackalloc T[MostWidth];
        TVector most = TSimd.Broadcast(T.NegativeInfinity);
        for (int j = 0; j < count; j += TSimd.Width)
        {
            most = TSimd.Max(most, Lanes<TVector, T, TSimd>.Load(x + j, count - j, T.NegativeInfinity));
        }

        TSimd.Store(most, lanes);
        T largest = lanes[0];
        for (int i = 1; i < TSimd.Width; i++)
        {
            largest = T.Max(largest, lanes[i]);
        }

        return largest;
    }

    private struct NormaliseJob<T> : IRowJob<NormaliseJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> X;
        public Matrix<T> Y;
        public bool IsLog;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(NormaliseJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->X.Columns;
            for (int row = first; row < end; row++)
            {
                T* x = job->X.At(row, 0);
                T* y = job->Y.At(row, 0);
                TVector shift = TSimd.Broadcast(LogSum<TVector, T, TSimd>(x, width));
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector log = TSimd.Subtract(Lanes<TVector, T, TSimd>.Load(x + j, width - j), shift);
                    Lanes<TVector, T, TSimd>.Store(job->IsLog ? log : TSimd.Exp(log), y + j, width - j);
                }
            }
        }
    }

    private struct TokenForwardJob<T> : IRowJob<TokenForwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Logits;
        public int* Targets;
        public T* LogProbabilities;
        public T* LogSums;

        public static void Run<TVector, TSimd>(TokenForwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int row = first; row < end; row++)
            {
                T* logits = job->Logits.At(row, 0);
                job->LogSums[row] = LogSum<TVector, T, TSimd>(logits, job->Logits.Columns);
                if (job->Targets != null)
                {
                    job->LogProbabilities[row] = logits[job->Targets[row]] - job->LogSums[row];
                }
            }
        }
    }

    private struct TokenBackwardJob<T> : IRowJob<TokenBackwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Logits;
        public int* Targets;
        public T* LogSums;
        public T* Gradients;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(TokenBackwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->Logits.Columns;
            for (int row = first; row < end; row++)
            {
                T* logits = job->Logits.At(row, 0);
                T gradient = job->Gradients[row];
                if (gradient == T.Zero)
                {
                    new Span<T>(logits, width).Clear();
                    continue;
                }

                TVector shift = TSimd.Broadcast(job->LogSums[row]);
                TVector factor = TSimd.Broadcast(-gradient);
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector p = TSimd.Exp(TSimd.Subtract(Lanes<TVector, T, TSimd>.Load(logits + j, width - j), shift));
                    Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(factor, p), logits + j, width - j);
                }

                logits[job->Targets[row]] += gradient;
            }
        }
    }
}
