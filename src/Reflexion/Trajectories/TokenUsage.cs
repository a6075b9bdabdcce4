namespace Reflexion;

/// <summary>Tokens that model calls consumed.</summary>
/// <param name="InputTokens">Tokens in prompts, cached ones included.</param>
/// <param name="OutputTokens">Tokens generated.</param>
/// <param name="CachedInputTokens">The part of <paramref name="InputTokens"/> that the provider read from its prompt cache.</param>
public readonly record struct TokenUsage(long InputTokens, long OutputTokens, long CachedInputTokens = 0)
{
    /// <summary>Input and output together.</summary>
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>Adds two usages.</summary>
    /// <param name="left">One usage.</param>
    /// <param name="right">The other.</param>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => left.Add(right);

    /// <summary>Adds another usage to this one.</summary>
    /// <param name="other">The other usage.</param>
    public TokenUsage Add(TokenUsage other) =>
        new(InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, CachedInputTokens + other.CachedInputTokens);
}
