namespace Reflexion.Retroformer;

/// <summary>How an <see cref="AgentRolloutSource"/> makes trials.</summary>
public sealed record AgentRolloutOptions
{
    /// <summary>What differs from task to task in a run, references and budget for instance; its seed is set by the source. Default: nothing.</summary>
    public Func<AgentTask, EpisodeOptions> Episode { get; init; } = _ => new();

    /// <summary>Trials at once while failures are collected, at least 1. Default: 64.</summary>
    public int MaxConcurrentTrials { get; init; } = 64;

    /// <summary>How often all tasks are gone through, with other seeds, until there are enough failures; at least 1. Default: 4.</summary>
    public int MaxPasses { get; init; } = 4;

    internal AgentRolloutOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Episode);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentTrials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPasses, 1);
        return this;
    }
}
