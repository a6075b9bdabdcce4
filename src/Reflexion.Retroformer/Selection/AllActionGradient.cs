namespace Reflexion.Retroformer;

/// <summary>The gradient of a policy's value in one state, over all arms: Σ_j ∇π(j|s)·r(s,j).</summary>
internal static class AllActionGradient
{
    /// <summary>Adds (1−ε)/τ · Σ_j p_j (r_j − Σ_i p_i r_i) φ_j, where p is the softmax.</summary>
    internal static void Add(SelectorPolicy policy, SelectorArms arms, ReadOnlySpan<double> rewards, Span<double> gradient)
    {
        Span<double> shares = arms.Count <= 64 ? stackalloc double[arms.Count] : new double[arms.Count];
        policy.Softmax(arms, shares);
        double mean = ShortVector.Dot(shares, rewards);
        double scale = (1 - policy.Exploration) / policy.Temperature;
        for (int arm = 0; arm < shares.Length; arm++)
        {
            ShortVector.Add(gradient, scale * shares[arm] * (rewards[arm] - mean), arms[arm]);
        }
    }
}
