using Reflexion;

namespace Experiments;

/// <summary>What an experiment may take, before anything is paid for.</summary>
internal static class EstimateText
{
    internal static void Print(Experiment experiment)
    {
        ExperimentEstimate estimate = experiment.Estimate();
        Console.WriteLine($"Experiment: {experiment.Tasks.Length} tasks x {experiment.Arms.Length} strategies x {experiment.Seeds.Length} seeds = {estimate.Episodes} episodes");
        Console.WriteLine($"Estimate: at least {estimate.LeastTokens:N0} tokens (one call each), at most {estimate.AtMost.Calls:N0} calls and {estimate.AtMost.Tokens:N0} tokens by the budgets");
    }
}
