namespace Reflexion.Testing;

/// <summary>The tokens of a call.</summary>
internal sealed record CassetteUsage
{
    public long? Input { get; init; }

    public long? Output { get; init; }

    public long? Total { get; init; }

    public long? CachedInput { get; init; }

    public long? Reasoning { get; init; }

    public SortedDictionary<string, long>? More { get; init; }
}
