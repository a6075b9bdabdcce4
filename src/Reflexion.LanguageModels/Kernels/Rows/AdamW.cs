using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>AdamW (Loshchilov and Hutter 2019): Adam with weight decay apart from the gradient.</summary>
internal static unsafe class AdamW
{
    private const int ChunkSize = 4_096;

    /// <summary>m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p = (1 − ηλ)p − η·m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="parameters">p.</param>
    /// <param name="gradients">g, before scaling.</param>
    /// <param name="first">m.</param>
    /// <param name="second">v.</param>
    /// <param name="length">How many of each.</param>
    /// <param name="step">The constants.</param>
    public static void Update<T>(WorkerPool pool, T* parameters, T* gradients, T* first, T* second, long length, AdamWStep step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step));
        double root = Math.Sqrt(1 - Math.Pow(step.Beta2, step.Step));
        var job = new Job<T>
        {
            Parameters = parameters,
            Gradients = gradients,
            First = first,
            Second = second,
            Length = length,
            GradientScale = T.CreateChecked(step.GradientScale),
            Beta1 = T.CreateChecked(step.Beta1),
            Beta2 = T.CreateChecked(step.Beta2),
            Rest1 = T.CreateChecked(1 - step.Beta1),
            Rest2 = T.CreateChecked(1 - step.Beta2),
            Kept = T.CreateChecked(1 - (step.LearningRate * step.WeightDecay)),

            // Both sides of the quotient times √(1 − β₂ᵗ): one division a number.
            Rate = T.CreateChecked(-rate * root),
            Epsilon = T.CreateChecked(step.Epsilon * root),
        };
        RowJob.Run<Job<T>, T>(pool, &job, checked((int)((length + ChunkSize - 1) / ChunkSize)), 4L * ChunkSize);
    }

    private struct Job<T> : IRowJob<Job<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Parameters;
        public T* Gradients;
        public T* First;
        public T* Second;
        public long Length;
        public T GradientScale;
        public T Beta1;
        public T Beta2;
        public T Rest1;
        public T Rest2;
        public T Kept;
        public T Rate;
        public T Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(Job<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            TVector gradientScale = TSimd.Broadcast(job->GradientScale);
            TVector beta1 = TSimd.Broadcast(job->Beta1);
            TVector beta2 = TSimd.Broadcast(job->Beta2);
            TVector rest1 = TSimd.Broadcast(job->Rest1);
            TVector rest2 = TSimd.Broadcast(job->Rest2);
            TVector kept = TSimd.Broadcast(job->Kept);
            TVector rate = TSimd.Broadcast(job->Rate);
            TVector epsilon = TSimd.Broadcast(job->Epsilon);
            long last = Math.Min((long)end * ChunkSize, job->Length);
            for (long i = (long)first * ChunkSize; i < last; i += TSimd.Width)
            {
                int left = (int)Math.Min(int.MaxValue, last - i);
                TVector gradient = TSimd.Multiply(gradientScale, Lanes<TVector, T, TSimd>.Load(job->Gradients + i, left));
                TVector m = TSimd.MultiplyAdd(beta1, Lanes<TVector, T, TSimd>.Load(job->First + i, left), TSimd.Multiply(rest1, gradient));
                TVector v = TSimd.MultiplyAdd(
                    beta2, Lanes<TVector, T, TSimd>.Load(job->Second + i, left), TSimd.Multiply(rest2, TSimd.Multiply(gradient, gradient)));
                TVector change = TSimd.Divide(TSimd.Multiply(rate, m), TSimd.Add(TSimd.Sqrt(v), epsilon));
                Lanes<TVector, T, TSimd>.Store(m, job->First + i, left);
                Lanes<TVector, T, TSimd>.Store(v, job->Second + i, left);
                TVector parameter = Lanes<TVector, T, TSimd>.Load(job->Parameters + i, left);
                Lanes<TVector, T, TSimd>.Store(TSimd.MultiplyAdd(kept, parameter, change), job->Parameters + i, left);
            }
        }
    }
}
