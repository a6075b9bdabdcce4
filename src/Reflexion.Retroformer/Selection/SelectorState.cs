using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>
/// What a selector has learnt: both policies, the reward model, the held-out evidence and the open decisions. The window of recent decisions that updates are
/// averaged over is not among it and fills again.
/// </summary>
public sealed record SelectorState
{
    /// <summary>What the features are, in order; a policy is worth nothing to others.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>The policy that serves.</summary>
    public required SelectorPolicy Policy { get; init; }

    /// <summary>The policy that learns.</summary>
    public required SelectorPolicy Candidate { get; init; }

    /// <summary>The coefficients of the reward model, one for each feature.</summary>
    public required ImmutableArray<double> Coefficients { get; init; }

    /// <summary>The covariance of the coefficients (up to the noise's variance), row by row.</summary>
    public required ImmutableArray<double> Covariance { get; init; }

    /// <summary>What was done so far.</summary>
    public SelectorProgress Progress { get; init; }

    /// <summary>The decisions that the next promotion is tested on, oldest first.</summary>
    public ImmutableArray<SelectorDecision> HeldOut { get; init; } = [];

    /// <summary>The decisions whose reward is not known yet, oldest first.</summary>
    public ImmutableArray<SelectorDecision> Open { get; init; } = [];

    /// <summary>The state itself, where it is of these features.</summary>
    internal SelectorState Of(ImmutableArray<string> features) => Features.SequenceEqual(features)
        ? this
        : throw new ArgumentException($"The state is of the features {string.Join(", ", Features)}, and not of {string.Join(", ", features)}; begin anew without it.", nameof(features));
}
