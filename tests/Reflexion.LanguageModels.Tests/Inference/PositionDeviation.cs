using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>How far one position's logits are from the reference's.</summary>
/// <param name="Logits">Of each token listed.</param>
/// <param name="LogSumExp">Of the whole vocabulary.</param>
/// <param name="Divergence">Σ p ln(p / q) over the tokens listed, each side scaled to a distribution over them.</param>
/// <param name="HasSameTop">Whether the likeliest token is the reference's.</param>
internal sealed record PositionDeviation(double[] Logits, double LogSumExp, double Divergence, bool HasSameTop)
{
    public static PositionDeviation Of(JsonElement expected, ReadOnlySpan<float> row)
    {
        (int Token, double Logit)[] top = [.. expected.GetProperty("top").EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetDouble()))];
        double[] ours = new double[top.Length];
        for (int i = 0; i < top.Length; i++)
        {
            ours[i] = row[top[i].Token];
        }

        double most = double.NegativeInfinity;
        int best = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] > most)
            {
                (most, best) = (row[i], i);
            }
        }

        double sum = 0;
        foreach (float logit in row)
        {
            sum += Math.Exp(logit - most);
        }

        double[] theirs = [.. top.Select(token => token.Logit)];
        double ourSum = LogSum(ours);
        double theirSum = LogSum(theirs);
        return new(
            [.. ours.Zip(theirs, (our, their) => Math.Abs(our - their))],
            Math.Abs(most + Math.Log(sum) - expected.GetProperty("logsumexp").GetDouble()),
            theirs.Zip(ours, (their, our) => Math.Exp(their - theirSum) * (their - theirSum - (our - ourSum))).Sum(),
            best == top[0].Token);
    }

    private static double LogSum(double[] logits) => logits.Max() + Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max())));
}
