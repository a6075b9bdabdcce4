namespace Reflexion.Retroformer;

/// <summary>Seeds as a function of where they are used, so that a run that goes on from any update draws what an uninterrupted one draws.</summary>
/// <param name="Seed">The seed here.</param>
internal readonly record struct SeedTree(long Seed)
{
    /// <summary>The seeds below this one at a place.</summary>
    public SeedTree At(long place) => new((long)Mix(Mix((ulong)Seed) + (ulong)place));

    /// <summary>A generator that draws the same numbers on every platform.</summary>
    public Random Random() => new((int)(Mix((ulong)Seed) >> 33));

    // SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong counter)
    {
        ulong z = counter * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
