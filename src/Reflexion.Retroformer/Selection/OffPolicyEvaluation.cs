namespace Reflexion.Retroformer;

/// <summary>Measures policies on logged decisions without playing them. Pure functions.</summary>
/// <remarks>
/// Decisions of one task are drawn together for the intervals (<see cref="ClusterBootstrap"/>), and rewards are predicted by models that never saw the task
/// (cross-fitting, in five parts). With one task only, there is no interval.
/// </remarks>
public static class OffPolicyEvaluation
{
    private const int Folds = 5;

    /// <summary>Estimates the mean reward ΔG of a policy.</summary>
    /// <param name="decisions">Decisions with their rewards, made under any policies; at least one. Those without a reward are left out.</param>
    /// <param name="policy">The policy to judge.</param>
    /// <param name="options">How intervals are drawn; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no decision with a reward, or features do not match the policy.</exception>
    public static OffPolicyEstimate Value(IReadOnlyList<SelectorDecision> decisions, SelectorPolicy policy, BootstrapOptions? options = null)
    {
        SelectorDecision[] rewarded = Check(decisions, policy);
        Func<SelectorDecision, SelectorRewardModel> rewards = CrossFit(rewarded);
        var bootstrap = new ClusterBootstrap(options);
        double[][] groups = ByTask(rewarded, decision =>
        {
            double weight = EffectiveSample.Weight(policy, decision);
            return [1, weight, weight * decision.Reward!.Value, Expected(policy, decision, rewards(decision).DoublyRobust(decision))];
        });
        return new(
            bootstrap.Estimate(groups, sums => sums[2] / sums[0]),
            bootstrap.Estimate(groups, sums => sums[2] / sums[1]),
            bootstrap.Estimate(groups, sums => sums[3] / sums[0]),
            EffectiveSample.Share(policy, rewarded),
            rewarded.Max(decision => EffectiveSample.Weight(policy, decision)));
    }

    /// <summary>Estimates, doubly robust, by how much one policy's mean reward is above another's.</summary>
    /// <param name="decisions">Decisions with their rewards, made under any policies; at least one. Those without a reward are left out.</param>
    /// <param name="policy">The policy to judge.</param>
    /// <param name="incumbent">The one it is compared with.</param>
    /// <param name="options">How the interval is drawn; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no decision with a reward, or features do not match a policy.</exception>
    public static IntervalEstimate Gain(IReadOnlyList<SelectorDecision> decisions, SelectorPolicy policy, SelectorPolicy incumbent, BootstrapOptions? options = null)
    {
        Check(decisions, incumbent);
        SelectorDecision[] rewarded = Check(decisions, policy);
        return Gain(rewarded, policy, incumbent, CrossFit(rewarded), options);
    }

    /// <summary>The gain with predictions of models that did not learn from the decision they are asked about.</summary>
    internal static IntervalEstimate Gain(
        SelectorDecision[] rewarded, SelectorPolicy policy, SelectorPolicy incumbent, Func<SelectorDecision, SelectorRewardModel> rewards, BootstrapOptions? options)
    {
        double[][] groups = ByTask(rewarded, decision =>
        {
            double[] estimates = rewards(decision).DoublyRobust(decision);
            return [1, Expected(policy, decision, estimates) - Expected(incumbent, decision, estimates)];
        });
        return new ClusterBootstrap(options).Estimate(groups, sums => sums[1] / sums[0]);
    }

    private static double Expected(SelectorPolicy policy, SelectorDecision decision, double[] rewards)
    {
        double sum = 0;
        foreach ((double share, double reward) in policy.Propensities(decision.Arms).Zip(rewards))
        {
            sum += share * reward;
        }

        return sum;
    }

    private static double[][] ByTask(SelectorDecision[] decisions, Func<SelectorDecision, double[]> figures) =>
        [.. decisions.GroupBy(decision => decision.TaskId, StringComparer.Ordinal).Select(task => task.Select(figures).Aggregate(Sum))];

    private static double[] Sum(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];

    // A model for each part of the tasks, learnt from the others.
    private static Func<SelectorDecision, SelectorRewardModel> CrossFit(SelectorDecision[] decisions)
    {
        Dictionary<string, int> foldOf = decisions.Select(decision => decision.TaskId).Distinct(StringComparer.Ordinal)
            .Select((task, at) => (task, at)).ToDictionary(pair => pair.task, pair => pair.at % Folds, StringComparer.Ordinal);
        SelectorRewardModel[] models = [.. Enumerable.Range(0, Folds).Select(_ => new SelectorRewardModel(decisions[0].Arms.FeatureCount, ridge: 1))];
        foreach (SelectorDecision decision in decisions)
        {
            for (int fold = 0; fold < Folds; fold++)
            {
                if (fold != foldOf[decision.TaskId])
                {
                    models[fold].Learn(decision.Arms[decision.Choice.Arm], decision.Reward!.Value);
                }
            }
        }

        return decision => models[foldOf[decision.TaskId]];
    }

    private static SelectorDecision[] Check(IReadOnlyList<SelectorDecision> decisions, SelectorPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(policy);
        SelectorDecision[] rewarded = [.. decisions.Where(decision => decision.Reward is not null)];
        foreach (SelectorDecision decision in rewarded)
        {
            policy.Check(decision.Arms);
        }

        return rewarded.Length > 0 ? rewarded : throw new ArgumentException("There is no decision with a reward to judge by.", nameof(decisions));
    }
}
