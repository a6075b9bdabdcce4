namespace Reflexion;

/// <summary>What a component used.</summary>
/// <param name="Calls">Model calls started.</param>
/// <param name="FailedCalls">Those of them that failed.</param>
/// <param name="Tokens">Tokens, as providers reported them or estimated where they did not.</param>
/// <param name="Cost">Money, where prices are known.</param>
public readonly record struct ComponentUsage(int Calls, int FailedCalls, TokenUsage Tokens, decimal Cost)
{
    /// <summary>Adds two usages.</summary>
    /// <param name="left">One usage.</param>
    /// <param name="right">The other.</param>
    public static ComponentUsage operator +(ComponentUsage left, ComponentUsage right) => left.Add(right);

    /// <summary>Takes a usage away.</summary>
    /// <param name="left">The whole.</param>
    /// <param name="right">The part.</param>
    public static ComponentUsage operator -(ComponentUsage left, ComponentUsage right) => left.Subtract(right);

    /// <summary>Adds another usage to this one.</summary>
    /// <param name="other">The other usage.</param>
    public ComponentUsage Add(ComponentUsage other) =>
        new(Calls + other.Calls, FailedCalls + other.FailedCalls, Tokens + other.Tokens, Cost + other.Cost);

    /// <summary>Takes another usage away from this one.</summary>
    /// <param name="other">The part to take away.</param>
    public ComponentUsage Subtract(ComponentUsage other) => new(
        Calls - other.Calls,
        FailedCalls - other.FailedCalls,
        new(Tokens.InputTokens - other.Tokens.InputTokens, Tokens.OutputTokens - other.Tokens.OutputTokens, Tokens.CachedInputTokens - other.Tokens.CachedInputTokens),
        Cost - other.Cost);

    /// <summary>The smaller of two usages, figure by figure.</summary>
    internal ComponentUsage AtMost(ComponentUsage most) => new(
        Math.Min(Calls, most.Calls),
        Math.Min(FailedCalls, most.FailedCalls),
        new(
            Math.Min(Tokens.InputTokens, most.Tokens.InputTokens),
            Math.Min(Tokens.OutputTokens, most.Tokens.OutputTokens),
            Math.Min(Tokens.CachedInputTokens, most.Tokens.CachedInputTokens)),
        Math.Min(Cost, most.Cost));
}
