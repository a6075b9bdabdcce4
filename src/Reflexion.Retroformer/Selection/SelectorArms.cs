using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>What can be done before a trial, as features φ(s, y): nothing, which is the null arm and stands first, or one of K refinements.</summary>
public sealed class SelectorArms
{
    private readonly double[] _features;

    /// <summary>Creates arms.</summary>
    /// <param name="features">The features of each arm, the null arm's first; at least one arm and one feature, as many features for each arm, all finite.</param>
    /// <exception cref="ArgumentException">The features are not as they must be.</exception>
    public SelectorArms(ImmutableArray<ImmutableArray<double>> features)
    {
        if (features.IsDefaultOrEmpty || features[0].IsDefaultOrEmpty)
        {
            throw new ArgumentException("There must be an arm, and it must have a feature.", nameof(features));
        }

        FeatureCount = features[0].Length;
        if (features.Any(arm => arm.IsDefault || arm.Length != FeatureCount || !arm.All(double.IsFinite)))
        {
            throw new ArgumentException($"Every arm must have {FeatureCount} features, as the first has, and all must be finite.", nameof(features));
        }

        Features = features;
        _features = [.. features.SelectMany(arm => arm)];
    }

    /// <summary>How many arms there are, the null arm among them: K + 1.</summary>
    public int Count => Features.Length;

    /// <summary>How many features an arm has.</summary>
    public int FeatureCount { get; }

    /// <summary>The features of each arm, the null arm's first.</summary>
    public ImmutableArray<ImmutableArray<double>> Features { get; }

    internal ReadOnlySpan<double> this[int arm] => _features.AsSpan(arm * FeatureCount, FeatureCount);
}
