namespace Reflexion.LanguageModels;

/// <summary>Memory that samplers share. For one thread at a time.</summary>
internal sealed class SamplerScratch
{
    private float[] _weights = [];
    private LikelyToken[] _likely = [];

    public Span<float> Weights(int count)
    {
        if (_weights.Length < count)
        {
            _weights = new float[count];
        }

        return _weights.AsSpan(0, count);
    }

    /// <summary>The tokens that weigh at least <paramref name="floor"/>, likeliest first; the first <paramref name="most"/> of them unless that is 0.</summary>
    public ReadOnlySpan<LikelyToken> Likely(ReadOnlySpan<float> weights, float floor, int most)
    {
        if (_likely.Length < weights.Length)
        {
            _likely = new LikelyToken[weights.Length];
        }

        int wanted = most == 0 ? weights.Length : Math.Min(most, weights.Length);
        int room = (int)Math.Min(weights.Length, 2L * wanted);
        int count = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] < floor)
            {
                continue;
            }

            // Full: only the better half stays, and its last is the new floor. Later equals lose to it, since their ids are higher.
            if (count == room)
            {
                _likely.AsSpan(0, count).Sort();
                count = wanted;
                floor = MathF.BitIncrement(_likely[count - 1].Weight);
                if (weights[i] < floor)
                {
                    continue;
                }
            }

            _likely[count++] = new(i, weights[i]);
        }

        _likely.AsSpan(0, count).Sort();
        return _likely.AsSpan(0, Math.Min(count, wanted));
    }
}
