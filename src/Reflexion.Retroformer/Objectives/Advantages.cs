namespace Reflexion.Retroformer;

/// <summary>How much better than a baseline each sample or token was. Pure functions; adding one number to all rewards of a group changes nothing.</summary>
public static class Advantages
{
    /// <summary>Added to the deviation by <see cref="GroupRelative"/>, so that a group of nearly equal rewards is not blown up: 1e-4.</summary>
    public const double DeviationFloor = 1e-4;

    /// <summary>The λ of <see cref="Generalized"/> when PPO trains a language model: 0.95.</summary>
    public const double DefaultLambda = 0.95;

    /// <summary>
    /// RLOO: A_i = R_i − mean of R_j over j ≠ i, so that the baseline of a sample does not depend on it and the policy gradient is unbiased (Kool et al. 2019;
    /// Ahmadian et al. 2024, section 3).
    /// </summary>
    /// <param name="rewards">Rewards of samples from one state; at least two.</param>
    /// <param name="advantages">Receives an advantage for each; may be the same memory.</param>
    /// <returns>The group's statistics; without a signal all advantages are exactly zero.</returns>
    /// <exception cref="ArgumentException">There are fewer than two rewards, one is not finite, or the lengths differ.</exception>
    public static GroupStatistics LeaveOneOut(ReadOnlySpan<double> rewards, Span<double> advantages)
    {
        GroupStatistics group = Group(rewards, advantages);
        Center(rewards, group, (double)group.Count / (group.Count - 1), advantages);
        return group;
    }

    /// <summary>
    /// GRPO: A_i = (R_i − mean) / (deviation + 1e-4) (Shao et al. 2024, section 4.1.2), or A_i = R_i − mean, which does not weigh easy and hard states
    /// more than others (Liu et al. 2025, "Dr. GRPO").
    /// </summary>
    /// <param name="rewards">Rewards of samples from one state; at least two.</param>
    /// <param name="divideByDeviation">Whether to divide.</param>
    /// <param name="advantages">Receives an advantage for each; may be the same memory.</param>
    /// <returns>The group's statistics; without a signal all advantages are exactly zero.</returns>
    /// <exception cref="ArgumentException">There are fewer than two rewards, one is not finite, or the lengths differ.</exception>
    public static GroupStatistics GroupRelative(ReadOnlySpan<double> rewards, bool divideByDeviation, Span<double> advantages)
    {
        GroupStatistics group = Group(rewards, advantages);
        Center(rewards, group, divideByDeviation ? 1 / (group.Deviation + DeviationFloor) : 1, advantages);
        return group;
    }

    /// <summary>
    /// GAE: δ_t = r_t + γ V_{t+1} − V_t, A_t = Σ_l (γλ)^l δ_{t+l}, and the returns A_t + V_t that the value head learns (Schulman et al. 2016, equation 16).
    /// After the last token nothing is to come.
    /// </summary>
    /// <param name="rewards">The reward at each token of one response, as <see cref="KullbackLeibler.TokenRewards"/> gives them; at least one.</param>
    /// <param name="values">What the value head said before each token when it was sampled.</param>
    /// <param name="discount">γ, in [0, 1]; 1 for a refinement, whose reward comes with its end.</param>
    /// <param name="lambda">λ, in [0, 1]: 0 trusts the values, 1 only the rewards.</param>
    /// <param name="advantages">Receives A_t.</param>
    /// <param name="returns">Receives A_t + V_t.</param>
    /// <exception cref="ArgumentException">There is no token, a number is not finite or out of range, or lengths differ.</exception>
    public static void Generalized(
        ReadOnlySpan<double> rewards, ReadOnlySpan<float> values, double discount, double lambda, Span<double> advantages, Span<double> returns)
    {
        ObjectiveArguments.SomeFinite(rewards);
        ObjectiveArguments.Finite(values);
        ObjectiveArguments.SameLength(rewards.Length, values.Length, nameof(values));
        ObjectiveArguments.SameLength(rewards.Length, advantages.Length, nameof(advantages));
        ObjectiveArguments.SameLength(rewards.Length, returns.Length, nameof(returns));
        ObjectiveArguments.Share(discount);
        ObjectiveArguments.Share(lambda);
        double ahead = 0;
        double next = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            ahead = rewards[t] + (discount * next) - values[t] + (discount * lambda * ahead);
            next = values[t];
            advantages[t] = ahead;
            returns[t] = ahead + next;
        }
    }

    /// <summary>A2C: A_t = Σ_l γ^l r_{t+l} − V_t, the return to come less what the critic expected (Mnih et al. 2016, section 4); GAE with λ = 1.</summary>
    /// <inheritdoc cref="Generalized"/>
    public static void ActorCritic(ReadOnlySpan<double> rewards, ReadOnlySpan<float> values, double discount, Span<double> advantages, Span<double> returns) =>
        Generalized(rewards, values, discount, 1, advantages, returns);

    /// <summary>
    /// Moves and scales the advantages of all tokens of a batch to mean 0 and deviation 1, as PPO is mostly run: (A − mean) / (deviation + 1e-8).
    /// </summary>
    /// <param name="advantages">At least two; changed in place.</param>
    /// <returns>What they were; without a signal they become zeros.</returns>
    /// <exception cref="ArgumentException">There are fewer than two, or one is not finite.</exception>
    public static GroupStatistics Standardize(Span<double> advantages)
    {
        GroupStatistics all = Group(advantages, advantages);
        Center(advantages, all, 1 / (all.Deviation + 1e-8), advantages);
        return all;
    }

    private static GroupStatistics Group(ReadOnlySpan<double> rewards, ReadOnlySpan<double> advantages)
    {
        if (rewards.Length < 2)
        {
            throw new ArgumentException($"A group needs two samples or more to compare, not {rewards.Length}; draw more, or use a baseline of your own.", nameof(rewards));
        }

        ObjectiveArguments.SomeFinite(rewards);
        ObjectiveArguments.SameLength(rewards.Length, advantages.Length, nameof(advantages));
        return GroupStatistics.Of(rewards);
    }

    private static void Center(ReadOnlySpan<double> rewards, GroupStatistics group, double factor, Span<double> advantages)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = group.HasSignal ? (rewards[i] - group.Mean) * factor : 0;
        }
    }
}
