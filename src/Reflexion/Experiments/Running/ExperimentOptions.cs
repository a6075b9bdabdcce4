namespace Reflexion;

/// <summary>How an experiment is run.</summary>
public sealed record ExperimentOptions
{
    /// <summary>How many episodes run at once. Default 4; at least 1. It does not change what comes out.</summary>
    public int MaxConcurrency { get; init; } = 4;

    /// <summary>What each episode may spend, so that arms are equal in it; null (default) for the task's own limits, else the agent's.</summary>
    public EpisodeBudget? EpisodeBudget { get; init; }

    /// <summary>
    /// What all episodes of an arm may spend together; null (default) for as much as their own limits allow. Its
    /// <see cref="EpisodeBudget.MaxDuration"/> is not looked at, and held-out evaluation is not charged.
    /// </summary>
    public EpisodeBudget? ArmBudget { get; init; }

    /// <summary>What all episodes may spend together; as <see cref="ArmBudget"/>.</summary>
    public EpisodeBudget? TotalBudget { get; init; }

    /// <summary>Which episodes may learn from each other. Default: those of one arm and seed.</summary>
    public LessonSharing LessonSharing { get; init; }

    /// <summary>Whether the result keeps the episodes with their prompts and trajectories. Default true.</summary>
    public bool KeepEpisodes { get; init; } = true;

    /// <summary>Whether the result keeps what was in the memories. Default true.</summary>
    public bool KeepMemories { get; init; } = true;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrency, 1);
        EpisodeBudget?.Validate();
        ArmBudget?.Validate();
        TotalBudget?.Validate();
        if (!Enum.IsDefined(LessonSharing))
        {
            throw new ArgumentOutOfRangeException(nameof(LessonSharing), LessonSharing, "This is no way to share lessons.");
        }
    }
}
