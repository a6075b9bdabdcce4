using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Log-softmax of rows of logits, and its gradient.</summary>
internal static unsafe class LogitKernels
{
    /// <summary>Log-probability of the target and entropy of each row under softmax(logits / temperature).</summary>
    public static void Forward<T>(WorkerPool pool, Matrix<T> logits, Predictions predictions, int first, TokenScores<T> scores, T* logSumExp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < logits.Rows; i++)
        {
            T* row = logits.Pointer + ((long)i * logits.Stride);
            T inverse = T.CreateTruncating(1 / predictions.Temperatures[first + i]);
            T max = T.NegativeInfinity;
            for (int j = 0; j < logits.Columns; j++)
            {
                max = T.Max(max, row[j] * inverse);
            }

            T sum = T.Zero;
            T weighted = T.Zero;
            for (int j = 0; j < logits.Columns; j++)
            {
                T shifted = (row[j] * inverse) - max;
                T e = T.Exp(shifted);
                sum += e;
                weighted += e * shifted;
            }

            T log = T.Log(sum);
            logSumExp[first + i] = max + log;
            scores.LogProbs[first + i] = (row[predictions.Targets[first + i]] * inverse) - max - log;
            scores.Entropies[first + i] = log - (weighted / sum);
        }
    }

    /// <summary>Replaces logits by their gradients.</summary>
    public static void Backward<T>(
        WorkerPool pool, Matrix<T> logits, Predictions predictions, int first, TokenScores<T> scores, TokenScores<T> gradients, T* logSumExp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < logits.Rows; i++)
        {
            T* row = logits.Pointer + ((long)i * logits.Stride);
            T inverse = T.CreateTruncating(1 / predictions.Temperatures[first + i]);
            T onLogProb = gradients.LogProbs[first + i] * inverse;
            T onEntropy = gradients.Entropies[first + i] * inverse;
            T entropy = scores.Entropies[first + i];
            for (int j = 0; j < logits.Columns; j++)
            {
                T logP = (row[j] * inverse) - logSumExp[first + i];
                row[j] = -T.Exp(logP) * (onLogProb + (onEntropy * (logP + entropy)));
            }

            row[predictions.Targets[first + i]] += onLogProb;
        }
    }
}
