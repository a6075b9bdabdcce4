using System.Collections.Immutable;

namespace Reflexion;

/// <summary>All attempts at one task, the best of them, what they used and why they ended.</summary>
public sealed record Episode
{
    /// <summary>The episode's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>The strategy that was used between trials.</summary>
    public required ReflexionStrategy Strategy { get; init; }

    /// <summary>The trials, in order. Empty only where the episode ended before the first could start.</summary>
    public ImmutableArray<Trial> Trials { get; init; } = [];

    /// <summary>Why the episode ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Why the episode ended, for a human reader.</summary>
    public string StopDetail { get; init; } = "";

    /// <summary>What failed, where <see cref="StopReason"/> is <see cref="StopReason.Failed"/>; else null.</summary>
    public EpisodeFailure? Failure { get; init; }

    /// <summary>When the episode started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What it used, over all trials and components.</summary>
    public UsageReport Usage { get; init; } = UsageReport.Empty;

    /// <summary>Whether a trial succeeded.</summary>
    public bool Success => Best?.Evaluation is { Success: true };

    /// <summary>The best trial: a successful one before others, then the highest score, then the earliest; null where there is none.</summary>
    public Trial? Best => Trials.OrderByDescending(trial => trial.Evaluation?.Success ?? false).ThenByDescending(trial => trial.Return ?? -1).FirstOrDefault();

    /// <summary>The best trial's answer, or null.</summary>
    public string? Answer => Best?.Trajectory.Answer;

    /// <summary>Throws where the episode ended with a failure; returns the episode itself otherwise.</summary>
    /// <exception cref="EpisodeFailedException"><see cref="StopReason"/> is <see cref="StopReason.Failed"/>.</exception>
    public Episode EnsureNotFailed() => Failure is null ? this : throw new EpisodeFailedException(this);
}
