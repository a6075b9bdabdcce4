namespace Reflexion;

/// <summary>The most that may be used.</summary>
/// <param name="Calls">Model calls.</param>
/// <param name="Tokens">
/// Tokens, input and output. Calls are reserved by estimate, so a provider that counts more tokens than four characters each
/// may pass it, by what the calls in flight use more than was estimated.
/// </param>
/// <param name="Cost">Money; null where no budget limits it.</param>
public sealed record UsageBound(long Calls, long Tokens, decimal? Cost)
{
    internal static UsageBound Of(EpisodeBudget budget, long times) =>
        new(Times(budget.MaxModelCalls, times), Times(budget.MaxTokens, times), budget.MaxCost * times);

    /// <summary>The smaller of this and a budget.</summary>
    internal UsageBound Within(EpisodeBudget? budget) => budget is null ? this : new(
        Math.Min(Calls, budget.MaxModelCalls),
        Math.Min(Tokens, budget.MaxTokens),
        Cost is { } cost && budget.MaxCost is { } most ? Math.Min(cost, most) : Cost ?? budget.MaxCost);

    /// <summary>The sum; its cost is known only where both are.</summary>
    internal UsageBound Plus(UsageBound other) => new(Sum(Calls, other.Calls), Sum(Tokens, other.Tokens), Cost + other.Cost);

    private static long Times(long value, long times) => value > long.MaxValue / Math.Max(1, times) ? long.MaxValue : value * times;

    private static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
