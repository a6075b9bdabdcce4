using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A trial that failed: the state x that a refinement is written in (Yao et al. 2023, section 4.2), and where to try again from.</summary>
public sealed record FailedAttempt
{
    /// <summary>Identifies the attempt among those of one call; refinements for it form a group.</summary>
    public required string Id { get; init; }

    /// <summary>The task. Attempts at one task stay together in confidence intervals.</summary>
    public required string TaskId { get; init; }

    /// <summary>What the retrospective model is shown, as its tokens; at least one.</summary>
    public required ImmutableArray<int> PromptIds { get; init; }

    /// <summary>What the retrospective model is told in the system role, as text; null where nothing is, or only the tokens are known.</summary>
    public string? Instructions { get; init; }

    /// <summary>What it is shown besides, as text. Default: empty, where only the tokens are known.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>G(k), the return of the failed trial, in [0, 1].</summary>
    public required double Return { get; init; }

    /// <summary>What the source needs in order to try again. The trainer does not look at it.</summary>
    public object? State { get; init; }
}
