namespace Reflexion;

/// <summary>The ledgers of a run: one for each episode, charged to its arm's, charged to the experiment's.</summary>
internal sealed class ExperimentBudgets
{
    private static readonly EpisodeBudget Unlimited = new() { MaxModelCalls = int.MaxValue, MaxTokens = long.MaxValue / 4 };

    private readonly BudgetLedger[] _arms;

    internal ExperimentBudgets(ExperimentOptions options, int arms)
    {
        var total = new BudgetLedger(options.TotalBudget ?? Unlimited);
        _arms = [.. Enumerable.Range(0, arms).Select(_ => new BudgetLedger(options.ArmBudget ?? Unlimited, total))];
    }

    /// <summary>Opens the ledger of an episode about to run.</summary>
    internal BudgetLedger Open(int arm) => new(Unlimited, _arms[arm]);

    /// <summary>Charges what an episode used that did not go through its ledger: what was recorded in an earlier run, and is paid.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="used">What the episode used in all.</param>
    /// <param name="charged">What was charged to its ledger; null for nothing.</param>
    internal void ChargeRest(int arm, UsageReport used, BudgetLedger? charged = null)
    {
        UsageReport rest = charged is null ? used : used.Since(charged.Snapshot());
        foreach ((AgentComponent component, ComponentUsage usage) in rest.ByComponent)
        {
            if (component != AgentComponent.HeldOutEvaluator)
            {
                _arms[arm].Charge(component, usage);
            }
        }
    }
}
