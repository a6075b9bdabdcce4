using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>The distribution that tokens are drawn from, by its definition.</summary>
internal static class NaiveSampling
{
    public static double LogProb(ReadOnlySpan<float> logits, SamplingOptions options, int token) => Math.Log(Distribution(logits, options)[token]);

    public static double[] Distribution(ReadOnlySpan<float> logits, SamplingOptions options)
    {
        double[] scaled = [.. logits.ToArray().Select(logit => logit / options.Temperature)];
        double most = scaled.Max();
        double[] weights = [.. scaled.Select(value => Math.Exp(value - most))];
        int[] order = [.. Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i)];
        int[] likely = options.TopK == 0 ? order : order[..Math.Min(options.TopK, order.Length)];
        double sum = likely.Sum(i => weights[i]);
        double reached = 0;
        var kept = new List<int>();
        foreach (int i in likely)
        {
            if (kept.Count > 0 && reached >= options.TopP * sum)
            {
                break;
            }

            kept.Add(i);
            reached += weights[i];
        }

        kept.RemoveAll(i => weights[i] < options.MinP * weights[kept[0]]);
        double total = kept.Sum(i => weights[i]);
        double[] distribution = new double[weights.Length];
        kept.ForEach(i => distribution[i] = weights[i] / total);
        return distribution;
    }
}
