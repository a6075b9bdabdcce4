namespace Reflexion.LanguageModels;

/// <summary>Draws tokens. What is drawn depends on the logits, the options, the seed and the token's place alone.</summary>
internal sealed class Sampler(SamplingOptions options, ulong seed)
{
    private readonly float _scale = options.Temperature == 0 ? 0 : (float)Math.Min(float.MaxValue, 1 / options.Temperature);

    /// <summary>Draws one.</summary>
    /// <param name="logits">Of the whole vocabulary, penalties and filter applied.</param>
    /// <param name="place">Which token of the completion it is.</param>
    /// <param name="scratch">Memory for the work.</param>
    /// <exception cref="InvalidOperationException">No token can be drawn.</exception>
    public SampledToken Draw(ReadOnlySpan<float> logits, int place, SamplerScratch scratch)
    {
        float most = LogitVectors.Largest(logits);
        if (!float.IsFinite(most))
        {
            throw new InvalidOperationException(float.IsNegativeInfinity(most)
                ? "Every token is forbidden; a filter must leave at least one."
                : "The logits are no finite numbers: the model's weights, its adapter or a penalty are out of bounds.");
        }

        if (options.Temperature == 0)
        {
            return new(logits.IndexOf(most), 0);
        }

        Span<float> weights = scratch.Weights(logits.Length);
        double total = LogitVectors.Exponentials(logits, most, _scale, weights);
        double point = Uniform(place);
        return options is { TopK: 0, TopP: 1, MinP: 0 } ? FromAll(weights, total, point) : FromLikely(weights, total, point, scratch);
    }

    /// <summary>A number in [0, 1) for each place.</summary>
    private double Uniform(int place) => (CounterRandom.Mix(CounterRandom.Mix(seed) + (ulong)place) >> 11) * (1.0 / (1UL << 53));

    private static SampledToken FromAll(ReadOnlySpan<float> weights, double total, double point)
    {
        double left = point * total;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                left -= weights[i];
                if (left < 0)
                {
                    break;
                }
            }
        }

        return new(last, (float)Math.Log(weights[last] / total));
    }

    private SampledToken FromLikely(ReadOnlySpan<float> weights, double total, double point, SamplerScratch scratch)
    {
        ReadOnlySpan<LikelyToken> likely = scratch.Likely(weights, Floor(weights.Length, total), options.TopK);
        double sum = options.TopK > 0 ? Sum(likely) : total;
        likely = likely[..CountWithin(likely, sum)];
        sum = Sum(likely);
        double left = point * sum;
        int chosen = 0;
        for (; chosen < likely.Length - 1; chosen++)
        {
            left -= likely[chosen].Weight;
            if (left < 0)
            {
                break;
            }
        }

        return new(likely[chosen].Id, (float)Math.Log(likely[chosen].Weight / sum));
    }

    // Below it no token can be drawn: all tokens less likely than their equal share of what top-p leaves out are left out. The likeliest weighs 1.
    private float Floor(int count, double total)
    {
        double leftOut = options.TopK == 0 ? (1 - options.TopP) * total / count : 0;
        return (float)Math.Min(1, Math.Max(leftOut, options.MinP));
    }

    private int CountWithin(ReadOnlySpan<LikelyToken> likely, double sum)
    {
        double reached = 0;
        int count = 0;
        while (count < likely.Length && (count == 0 || (reached < options.TopP * sum && likely[count].Weight >= options.MinP)))
        {
            reached += likely[count++].Weight;
        }

        return count;
    }

    private static double Sum(ReadOnlySpan<LikelyToken> tokens)
    {
        double sum = 0;
        foreach (LikelyToken token in tokens)
        {
            sum += token.Weight;
        }

        return sum;
    }
}
