using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class TokenLogitsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Log_probabilities_and_entropies_follow_the_definition(int vectors)
    {
        Check<double>((VectorSet)vectors, 1e-12);
        Check<float>((VectorSet)vectors, 2e-5);
    }

    [Fact]
    public unsafe void Sums_over_a_large_vocabulary_do_not_drift_in_single_precision()
    {
        const int Vocabulary = 1 << 20;
        using var pool = new WorkerPool(1);
        using var logits = new NativeBuffer<float>(Vocabulary);
        (int target, double temperature, float logProb, float entropy, float logSum) = (5, 1, 0, 0, 0);

        TokenLogits.Forward(pool, new Matrix<float>(logits.Pointer, 1, Vocabulary), new(&target, &temperature, &logProb, &entropy, &logSum));

        logProb.Should().BeApproximately((float)-Math.Log(Vocabulary), 1e-6f);
        entropy.Should().BeApproximately((float)Math.Log(Vocabulary), 1e-6f);
    }

    private static unsafe void Check<T>(VectorSet vectors, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (vectors > VectorSets.Widest)
        {
            return;
        }

        const int Rows = 3;
        var random = new Random(1);
        using var pool = new WorkerPool(2, vectors);
        T* logProbs = stackalloc T[Rows];
        T* entropies = stackalloc T[Rows];
        T* logSums = stackalloc T[Rows];
        foreach (int width in (int[])[1, 7, 33, 2_500])
        {
            using var buffer = new NativeBuffer<T>(Rows * width);
            double[][] z = [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, width).Select(_ => 40 * (random.NextDouble() - 0.5)).ToArray())];
            int[] targets = [0, width / 2, width - 1];
            double[] temperatures = [1, 0.5, 3];
            Stores.Set(new Matrix<T>(buffer.Pointer, Rows, width), [.. z.SelectMany((row, i) => row.Select(number => number * temperatures[i]))]);
            fixed (int* target = targets)
            fixed (double* temperature = temperatures)
            {
                TokenLogits.Forward(pool, new Matrix<T>(buffer.Pointer, Rows, width), new(target, temperature, logProbs, entropies, logSums));
            }

            for (int i = 0; i < Rows; i++)
            {
                double logSum = z[i].Max() + Math.Log(z[i].Sum(number => Math.Exp(number - z[i].Max())));
                double entropy = -z[i].Sum(number => Math.Exp(number - logSum) * (number - logSum));
                double.CreateChecked(logSums[i]).Should().BeApproximately(logSum, 20 * tolerance);
                double.CreateChecked(logProbs[i]).Should().BeApproximately(z[i][targets[i]] - logSum, 20 * tolerance);
                double.CreateChecked(entropies[i]).Should().BeApproximately(entropy, 20 * tolerance);
            }
        }
    }
}
