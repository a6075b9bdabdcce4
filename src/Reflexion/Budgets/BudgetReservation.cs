namespace Reflexion;

/// <summary>One reserved call in a <see cref="BudgetLedger"/> and in its parents.</summary>
internal sealed class BudgetReservation(BudgetLedger ledger, BudgetReservation? parent, AgentComponent component, TokenUsage expected, decimal expectedCost)
{
    internal AgentComponent Component { get; } = component;

    internal TokenUsage Expected { get; } = expected;

    internal decimal ExpectedCost { get; } = expectedCost;

    internal void Settle(TokenUsage used, string? modelId, bool failed)
    {
        ledger.Settle(this, used, modelId, failed);
        parent?.Settle(used, modelId, failed);
    }

    internal void Release()
    {
        ledger.Release(this);
        parent?.Release();
    }
}
