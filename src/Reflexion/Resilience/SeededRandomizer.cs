namespace Reflexion;

/// <summary>Random numbers in [0, 1) from a seed, for many callers at once.</summary>
internal sealed class SeededRandomizer(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);

    internal double Next()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }
}
