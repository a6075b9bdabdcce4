using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Reflexion.Retroformer;

/// <summary>
/// Chooses between refinements and doing without: π(j|s) = (1−ε)·softmax(θᵀφ(s,y_j)/τ)_j + ε/(K+1). No arm's propensity is ever below ε/(K+1), so
/// that every choice can be judged afterwards by any other policy.
/// </summary>
/// <remarks>Immutable and pure; thread-safe.</remarks>
public sealed class SelectorPolicy
{
    private readonly double[] _weights;

    /// <summary>Creates a policy.</summary>
    /// <param name="weights">θ, one for each feature, finite; at least one.</param>
    /// <param name="exploration">ε, the share of choices made uniformly, in (0,1]. Default 0.1.</param>
    /// <param name="temperature">τ, above zero: the lower, the closer to the best arm only. Default 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public SelectorPolicy(ImmutableArray<double> weights, double exploration = 0.1, double temperature = 1)
    {
        if (weights.IsDefaultOrEmpty || !weights.All(double.IsFinite))
        {
            throw new ArgumentException("A policy has one weight for each feature, at least one, and all are finite.", nameof(weights));
        }

        Exploration = exploration is > 0 and <= 1
            ? exploration
            : throw new ArgumentOutOfRangeException(nameof(exploration), exploration, "ε lies in (0,1]: without exploration no choice could be judged afterwards.");
        Temperature = temperature > 0 && double.IsFinite(temperature)
            ? temperature
            : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "τ is finite and above zero.");
        Weights = weights;
        _weights = [.. weights];
    }

    /// <summary>θ, one for each feature.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>ε, the share of choices made uniformly, in (0,1].</summary>
    public double Exploration { get; }

    /// <summary>τ, above zero.</summary>
    public double Temperature { get; }

    /// <summary>A policy that knows nothing yet and chooses uniformly.</summary>
    /// <param name="features">How many features an arm has; at least 1.</param>
    /// <param name="exploration">ε, in (0,1]. Default 0.1.</param>
    /// <param name="temperature">τ, above zero. Default 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static SelectorPolicy Uniform(int features, double exploration = 0.1, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        return new([.. new double[features]], exploration, temperature);
    }

    /// <summary>π(j|s) of every arm; they sum to 1.</summary>
    /// <param name="arms">The arms.</param>
    /// <exception cref="ArgumentException">The arms have another number of features than the policy has weights.</exception>
    public ImmutableArray<double> Propensities(SelectorArms arms)
    {
        double[] propensities = new double[Check(arms).Count];
        Softmax(arms, propensities);
        for (int arm = 0; arm < propensities.Length; arm++)
        {
            propensities[arm] = Mix(propensities[arm], propensities.Length);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(propensities);
    }

    /// <summary>Chooses an arm.</summary>
    /// <param name="arms">The arms.</param>
    /// <param name="draw">A uniformly random number in [0,1). The same number gives the same arm.</param>
    /// <exception cref="ArgumentException">The draw is out of range, or the arms have another number of features than the policy has weights.</exception>
    public SelectorChoice Choose(SelectorArms arms, double draw)
    {
        if (draw is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(draw), draw, "A draw lies in [0,1).");
        }

        ImmutableArray<double> propensities = Propensities(arms);
        int arm = 0;
        double upTo = propensities[0];
        while (draw >= upTo && arm < propensities.Length - 1)
        {
            upTo += propensities[++arm];
        }

        return new(arm, propensities);
    }

    /// <summary>The policy with other weights.</summary>
    internal SelectorPolicy With(double[] weights) => new([.. weights], Exploration, Temperature);

    /// <summary>π(j|s) of an arm whose softmax is <paramref name="softmax"/>.</summary>
    internal double Mix(double softmax, int arms) => (1 - Exploration) * softmax + Exploration / arms;

    /// <summary>The softmax of the arms' scores, without exploration.</summary>
    internal void Softmax(SelectorArms arms, Span<double> shares)
    {
        double most = double.NegativeInfinity;
        for (int arm = 0; arm < shares.Length; arm++)
        {
            shares[arm] = ShortVector.Dot(_weights, arms[arm]) / Temperature;
            most = Math.Max(most, shares[arm]);
        }

        double sum = 0;
        foreach (ref double share in shares)
        {
            share = Math.Exp(share - most);
            sum += share;
        }

        foreach (ref double share in shares)
        {
            share /= sum;
        }
    }

    internal SelectorArms Check(SelectorArms arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        return arms.FeatureCount == _weights.Length
            ? arms
            : throw new ArgumentException($"The arms have {arms.FeatureCount} features, and the policy has {_weights.Length} weights; both must come from one set of features.", nameof(arms));
    }
}
