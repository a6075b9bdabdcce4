using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>A refinement with all that its loss is computed from.</summary>
internal sealed record ScoredSample
{
    public required TrainingSequence Sequence { get; init; }

    /// <summary>The reward, without divergence.</summary>
    public required double Reward { get; init; }

    /// <summary>ln p of each token under the policy that sampled it.</summary>
    public ImmutableArray<float> Sampled { get; init; } = [];

    /// <summary>ln p of each token under the reference policy; empty where nothing asks for it.</summary>
    public ImmutableArray<float> Reference { get; init; } = [];

    /// <summary>Entropy at each token under the policy before the update.</summary>
    public ImmutableArray<float> Entropies { get; init; } = [];

    /// <summary>What the value head said before each token.</summary>
    public ImmutableArray<float> Values { get; init; } = [];

    /// <summary>A of each token.</summary>
    public double[] Advantages { get; init; } = [];

    /// <summary>What the value head is to say before each token; empty for objectives without one.</summary>
    public double[] Returns { get; init; } = [];

    /// <summary>Whether other weights wrote it than those to be trained.</summary>
    public bool IsStale { get; init; }
}
