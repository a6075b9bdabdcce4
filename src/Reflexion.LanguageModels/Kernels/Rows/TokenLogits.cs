using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>What rows of logits say of one token each under softmax(logits / temperature): its log-probability, and the entropy; forward and backward.</summary>
internal static unsafe class TokenLogits
{
    /// <summary>ln p(target), −Σ p ln p and ln Σ exp(x / temperature) of each row; the logits stay as they are.</summary>
    public static void Forward<T>(WorkerPool pool, Matrix<T> logits, TokenLogitRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new ForwardJob<T> { Logits = logits, Rows = rows };
        RowJob.Run<ForwardJob<T>, T>(pool, &job, logits.Rows, 4L * logits.Columns);
    }

    /// <summary>Turns logits into their gradient, from those on ln p(target) and on the entropy H: (gₗ(1[j = target] − pⱼ) − gₕ pⱼ(ln pⱼ + H)) / temperature.</summary>
    public static void Backward<T>(WorkerPool pool, Matrix<T> logits, TokenLogitRows<T> rows, T* logProbGradients, T* entropyGradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new BackwardJob<T> { Logits = logits, Rows = rows, LogProbGradients = logProbGradients, EntropyGradients = entropyGradients };
        RowJob.Run<BackwardJob<T>, T>(pool, &job, logits.Rows, 4L * logits.Columns);
    }

    private struct ForwardJob<T> : IRowJob<ForwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Sums of this many numbers are kept in the numbers' precision, sums of those in double precision.
        private const int Block = 1_024;

        public Matrix<T> Logits;
        public TokenLogitRows<T> Rows;

        // Not negative infinity: 0 · ∞ is no number.
        private static T Nothing => T.CreateChecked(-1e30);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(ForwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->Logits.Columns;
            for (int row = first; row < end; row++)
            {
                T* x = job->Logits.At(row, 0);
                T inverse = T.CreateChecked(1 / job->Rows.Temperatures[row]);
                T most = Largest<TVector, TSimd>(x, width) * inverse;
                (double sum, double weighted) = (0, 0);
                for (int start = 0; start < width; start += Block)
                {
                    (T blockSum, T blockWeighted) = Sums<TVector, TSimd>(x + start, Math.Min(Block, width - start), inverse, most);
                    sum += double.CreateChecked(blockSum);
                    weighted += double.CreateChecked(blockWeighted);
                }

                double log = Math.Log(sum);
                job->Rows.LogSums[row] = T.CreateChecked(double.CreateChecked(most) + log);
                job->Rows.LogProbs[row] = T.CreateChecked(double.CreateChecked((x[job->Rows.Targets[row]] * inverse) - most) - log);
                job->Rows.Entropies[row] = T.CreateChecked(log - (weighted / sum));
            }
        }

        // Σ e and Σ e·z, where z = x / temperature − most and e = exp z.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static (T Sum, T Weighted) Sums<TVector, TSimd>(T* x, int count, T inverse, T most)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            TVector factor = TSimd.Broadcast(inverse);
            TVector shift = TSimd.Broadcast(-most);
            TVector sum = default;
            TVector weighted = default;
            for (int j = 0; j < count; j += TSimd.Width)
            {
                TVector z = TSimd.MultiplyAdd(Lanes<TVector, T, TSimd>.Load(x + j, count - j, Nothing), factor, shift);
                TVector e = TSimd.Exp(z);
                sum = TSimd.Add(sum, e);
                weighted = TSimd.MultiplyAdd(e, z, weighted);
            }

            return (TSimd.Sum(sum), TSimd.Sum(weighted));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static T Largest<TVector, TSimd>(T* x, int count)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            const int MostWidth = 32;
            T* lanes = stackalloc T[MostWidth];
            TVector most = TSimd.Broadcast(Nothing);
            for (int j = 0; j < count; j += TSimd.Width)
            {
                most = TSimd.Max(most, Lanes<TVector, T, TSimd>.Load(x + j, count - j, Nothing));
            }

            TSimd.Store(most, lanes);
            T largest = lanes[0];
            for (int i = 1; i < TSimd.Width; i++)
            {
                largest = T.Max(largest, lanes[i]);
            }

            return largest;
        }
    }

    private struct BackwardJob<T> : IRowJob<BackwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Logits;
        public TokenLogitRows<T> Rows;
        public T* LogProbGradients;
        public T* EntropyGradients;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(BackwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->Logits.Columns;
            for (int row = first; row < end; row++)
            {
                T* x = job->Logits.At(row, 0);
                T inverse = T.CreateChecked(1 / job->Rows.Temperatures[row]);
                T onLogProb = job->LogProbGradients[row] * inverse;
                T onEntropy = job->EntropyGradients[row] * inverse;

                // −p · (gₗ + gₕH + gₕ ln p)
                TVector factor = TSimd.Broadcast(inverse);
                TVector shift = TSimd.Broadcast(-job->Rows.LogSums[row]);
                TVector constant = TSimd.Broadcast(-onLogProb - (onEntropy * job->Rows.Entropies[row]));
                TVector slope = TSimd.Broadcast(-onEntropy);
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector logP = TSimd.MultiplyAdd(Lanes<TVector, T, TSimd>.Load(x + j, width - j), factor, shift);
                    TVector gradient = TSimd.Multiply(TSimd.Exp(logP), TSimd.MultiplyAdd(slope, logP, constant));
                    Lanes<TVector, T, TSimd>.Store(gradient, x + j, width - j);
                }

                x[job->Rows.Targets[row]] += onLogProb;
            }
        }
    }
}
