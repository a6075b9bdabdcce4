namespace Reflexion;

/// <summary>What a model costs, per million tokens.</summary>
/// <param name="Input">Per million input tokens.</param>
/// <param name="Output">Per million output tokens.</param>
/// <param name="CachedInput">Per million input tokens read from the provider's cache; null for the input price.</param>
public sealed record ModelPrice(decimal Input, decimal Output, decimal? CachedInput = null)
{
    /// <summary>The cost of a usage.</summary>
    /// <param name="usage">The tokens.</param>
    public decimal CostOf(TokenUsage usage)
    {
        long cached = Math.Min(usage.CachedInputTokens, usage.InputTokens);
        return ((usage.InputTokens - cached) * Input + cached * (CachedInput ?? Input) + usage.OutputTokens * Output) / 1_000_000m;
    }
}
