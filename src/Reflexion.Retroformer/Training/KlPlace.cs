namespace Reflexion.Retroformer;

/// <summary>Where the divergence from the reference policy is charged.</summary>
public enum KlPlace
{
    /// <summary>Subtracted from the reward as the estimate k1, ln π − ln π_ref of the sampled tokens, which no gradient goes through.</summary>
    Reward,

    /// <summary>Added to the loss as the estimate k3, π_ref/π − ln(π_ref/π) − 1, of each token, weighted by its ratio, so that the gradient is that of each token's divergence; steadier, and for long responses not quite that of the whole; see <see cref="KullbackLeibler.WeightedK3"/>.</summary>
    Loss,
}
