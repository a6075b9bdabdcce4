namespace Reflexion.Retroformer;

/// <summary>Random numbers that follow from what they are for, so that they need no state and are the same in every process.</summary>
internal static class StableDraw
{
    /// <summary>A number in [0,1) that follows from a seed, a name and a number (FNV-1a, mixed as in SplitMix64).</summary>
    internal static double Of(int seed, string name, int number)
    {
        ulong hash = Add(0xCBF29CE484222325, (uint)seed);
        foreach (char c in name)
        {
            hash = Add(hash, c);
        }

        return (Mix(Add(hash, (uint)number)) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Add(ulong hash, uint value) => unchecked((hash ^ value) * 0x100000001B3);

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
