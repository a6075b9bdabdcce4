namespace Reflexion;

/// <summary>What an episode may spend, over all its trials and components together. Finite by default.</summary>
public sealed record EpisodeBudget
{
    /// <summary>The most model calls. Default 200; at least 1.</summary>
    public int MaxModelCalls { get; init; } = 200;

    /// <summary>The most tokens, input and output together. Default 500,000; at least 1.</summary>
    public long MaxTokens { get; init; } = 500_000;

    /// <summary>The most money, in the currency of the prices; null (default) for no limit. Needs <see cref="Prices"/>.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The most wall-clock time. Default 30 minutes; above zero, at most 24 days. A component that
    /// ignores its cancellation token is waited for.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Output tokens reserved for a call whose <c>ChatOptions.MaxOutputTokens</c> is not set. Default 1,024. What a call
    /// really used replaces its reservation.
    /// </summary>
    public int ReservedOutputTokens { get; init; } = 1_024;

    /// <summary>Prices by model id, for cost tracking; null (default) for none.</summary>
    public PriceList? Prices { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxModelCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxDuration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDuration, TimeSpan.FromDays(24));
        ArgumentOutOfRangeException.ThrowIfNegative(ReservedOutputTokens);
        if (MaxCost is { } cost)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(MaxCost));
            if (Prices is null)
            {
                throw new ArgumentException("MaxCost needs Prices: without them nothing has a cost.", nameof(MaxCost));
            }
        }
    }
}
