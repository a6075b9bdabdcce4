namespace Reflexion;

/// <summary>How much a provider may be asked for in any sixty seconds.</summary>
public sealed record RateLimit
{
    /// <summary>The most calls a minute; null (default) for no limit. At least 1.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>The most tokens a minute, input and output together; null (default) for no limit. At least 1.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>
    /// Output tokens counted for a call whose <c>ChatOptions.MaxOutputTokens</c> is not set, until the reply tells how many there were.
    /// Default 1,024; not negative.
    /// </summary>
    public int ReservedOutputTokens { get; init; } = 1_024;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CallsPerMinute ?? 1, 1, nameof(CallsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(TokensPerMinute ?? 1, 1, nameof(TokensPerMinute));
        ArgumentOutOfRangeException.ThrowIfNegative(ReservedOutputTokens);
    }
}
