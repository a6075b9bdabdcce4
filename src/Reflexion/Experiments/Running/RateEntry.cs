namespace Reflexion;

/// <summary>One call in a limiter's window.</summary>
/// <param name="at">When it was let through, as a timestamp of the limiter's clock.</param>
internal sealed class RateEntry(long at)
{
    internal long At { get; } = at;

    /// <summary>What it is expected to use, or used. Guarded by the limiter.</summary>
    internal long Tokens { get; set; }
}
