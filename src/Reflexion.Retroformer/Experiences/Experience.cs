using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>
/// One refinement and what came of it: the state x it was written in, the text y, and the change in return (Yao et al. 2023, section 4.2, the triplet
/// of the replay buffer).
/// </summary>
public sealed record Experience
{
    /// <summary>The episode it was made in.</summary>
    public required string EpisodeId { get; init; }

    /// <summary>The task.</summary>
    public required string TaskId { get; init; }

    /// <summary>The trial that the refinement was written for, from 2; <see cref="ReturnAfter"/> is its return.</summary>
    public required int Trial { get; init; }

    /// <summary>What the retrospective model was told in the system role, the same for all states; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>The state x: what the retrospective model was shown, as text.</summary>
    public required string Prompt { get; init; }

    /// <summary>The action y: what it wrote. Empty for a retry without a refinement.</summary>
    public required string Refinement { get; init; }

    /// <summary>The very tokens of the prompt, where the model's are known; else empty.</summary>
    public ImmutableArray<int> PromptIds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The very tokens that were sampled, the one that ended the text included, where they are known; else empty. Never text that was tokenized again.</summary>
    public ImmutableArray<int> RefinementIds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The log-probability of each of <see cref="RefinementIds"/> under the distribution it was sampled from.</summary>
    public ImmutableArray<float> LogProbs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Identifies the weights that wrote it, so that samples of other weights are known as stale; null where there are none to know.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>G(k), the return of the trial before, in [0, 1].</summary>
    public required double ReturnBefore { get; init; }

    /// <summary>G(k+1), the return of the trial with the refinement, in [0, 1].</summary>
    public required double ReturnAfter { get; init; }

    /// <summary>Returns of retries from the same state without any refinement, the null arm; empty where none was played.</summary>
    public ImmutableArray<double> NullReturns { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether it is a retry without a refinement, an observation of the null arm: nothing was written, by no model.</summary>
    public bool IsNullArm => Refinement.Length == 0 && RefinementIds.IsEmpty;

    /// <summary>ΔG = G(k+1) − G(k), in [−1, 1]: the reward of section 4.2.</summary>
    public double DeltaG => ReturnAfter - ReturnBefore;

    /// <summary>How much better than retrying without a refinement, on average; null without a null arm.</summary>
    public double? Gain => NullReturns.IsEmpty ? null : ReturnAfter - NullReturns.Average();
}
