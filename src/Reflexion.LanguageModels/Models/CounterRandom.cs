namespace Reflexion.LanguageModels;

/// <summary>Random numbers as a function of a seed and a place, so that they can be had again in any order.</summary>
internal static class CounterRandom
{
    /// <summary>A well-mixed function of a counter (SplitMix64; Steele, Lea and Flood 2014).</summary>
    public static ulong Mix(ulong counter)
    {
        ulong z = counter * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number spread evenly over [−1, 1).</summary>
    public static double Signed(ulong seed, long place) => ((Mix(Mix(seed) + (ulong)place) >> 11) * (1.0 / (1UL << 52))) - 1;
}
