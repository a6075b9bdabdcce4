namespace Reflexion.Environments;

/// <summary>Random numbers that are the same on every platform and in every release: SplitMix64 (Steele, Lea and Flood, 2014).</summary>
internal sealed class SplitMix(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator for one of many uses of a seed; uses do not disturb each other.</summary>
    internal static SplitMix For(long seed, params ReadOnlySpan<ulong> uses)
    {
        ulong mixed = Mix(unchecked((ulong)seed) + GoldenGamma);
        foreach (ulong use in uses)
        {
            mixed = Mix(mixed + GoldenGamma * (use + 1));
        }

        return new(mixed);
    }

    /// <summary>Spreads the bits of a number.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    internal ulong Next() => Mix(_state += GoldenGamma);

    /// <summary>A number from 0 to <paramref name="count"/> − 1.</summary>
    internal int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    internal int Between(int min, int max) => min + Below(max - min + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    internal bool Chance(int percent) => Below(100) < percent;

    /// <summary>True with a probability in [0, 1].</summary>
    internal bool Happens(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    internal T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index, each as likely as its weight says. At least one weight is positive.</summary>
    internal int PickWeighted(ReadOnlySpan<int> weights)
    {
        int total = 0;
        foreach (int weight in weights)
        {
            total += weight;
        }

        int left = Below(total);
        int index = 0;
        while (left >= weights[index])
        {
            left -= weights[index++];
        }

        return index;
    }

    internal void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
