namespace Reflexion;

/// <summary>Where a <see cref="MemoryAudit"/> draws its lines.</summary>
public sealed record MemoryAuditOptions
{
    /// <summary>The fewest credited uses after which a lesson may be called harmful. Default 3; at least 1.</summary>
    public int MinimumUses { get; init; } = 3;

    /// <summary>From what similarity (shared words over all words, Jaccard's index) two lessons are duplicates. Default 0.8; in (0,1].</summary>
    public double DuplicateSimilarity { get; init; } = 0.8;

    /// <summary>From what share of its word triples a lesson repeats another one. Default 0.6; in (0,1].</summary>
    public double EchoShare { get; init; } = 0.6;

    /// <summary>How long ago a lesson was last learnt to be stale. Default 90 days; above zero.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromDays(90);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumUses, 1);
        ThrowUnlessShare(DuplicateSimilarity, nameof(DuplicateSimilarity));
        ThrowUnlessShare(EchoShare, nameof(EchoShare));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StaleAfter, TimeSpan.Zero);
    }

    private static void ThrowUnlessShare(double value, string name)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A share lies in (0,1].");
        }
    }
}
