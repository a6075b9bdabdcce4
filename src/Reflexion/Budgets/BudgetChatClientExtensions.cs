using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Budgets and usage tracking for any chat client, also outside an episode.</summary>
public static class BudgetChatClientExtensions
{
    /// <summary>Charges every call to a ledger: reserved before it is made, counted with tokens and cost after.</summary>
    /// <param name="client">The client. The result does not own it.</param>
    /// <param name="ledger">The ledger; read the usage from its <see cref="BudgetLedger.Snapshot"/>.</param>
    /// <param name="component">Under which component to count.</param>
    /// <param name="time">The clock for telemetry; null for the system's.</param>
    /// <returns>A client that throws <see cref="BudgetExhaustedException"/> in place of a call the budget does not cover.</returns>
    public static IChatClient WithBudget(
        this IChatClient client, BudgetLedger ledger, AgentComponent component = AgentComponent.Actor, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(ledger);
        return new MeteredChatClient(client, ledger, component, time ?? TimeProvider.System);
    }
}
