namespace Reflexion.Retroformer;

/// <summary>How much logged decisions say about another policy (Kish 1965).</summary>
internal static class EffectiveSample
{
    /// <summary>
    /// (Σw)²/(nΣw²), where w = π(a|s)/μ(a|s); in (0,1], 1 for the policy that made the decisions, NaN without decisions. Times Σw/n where that is below 1: a policy whose arms
    /// the log does not show has weights that are alike, and all small.
    /// </summary>
    internal static double Share(SelectorPolicy policy, IEnumerable<SelectorDecision> decisions)
    {
        double sum = 0;
        double squares = 0;
        int count = 0;
        foreach (SelectorDecision decision in decisions)
        {
            double weight = Weight(policy, decision);
            sum += weight;
            squares += weight * weight;
            count++;
        }

        return sum * sum / (count * squares) * Math.Min(1, sum / count);
    }

    /// <summary>π(a|s)/μ(a|s) of the arm that was chosen.</summary>
    internal static double Weight(SelectorPolicy policy, SelectorDecision decision)
    {
        int arms = decision.Arms.Count;
        Span<double> shares = arms <= 64 ? stackalloc double[arms] : new double[arms];
        policy.Softmax(decision.Arms, shares);
        return policy.Mix(shares[decision.Choice.Arm], arms) / decision.Choice.Propensities[decision.Choice.Arm];
    }
}
