namespace Reflexion.Retroformer;

/// <summary>How much of a dataset is read before it is refused.</summary>
public sealed record DatasetLimits
{
    /// <summary>The most bytes of a line, which is held in memory. Default 16 MiB; at least 1.</summary>
    public int MaxLineBytes { get; init; } = 16 << 20;

    /// <summary>The most lines with something on them. Default 10,000,000; at least 1.</summary>
    public long MaxLines { get; init; } = 10_000_000;

    internal DatasetLimits Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLines, 1);
        return this;
    }
}
