using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a stop condition looks at after each trial.</summary>
/// <param name="Task">The task.</param>
/// <param name="Trials">The trials so far, oldest first; at least one.</param>
/// <param name="Usage">What was used so far.</param>
/// <param name="Elapsed">Wall-clock time since the episode started.</param>
public sealed record EpisodeProgress(AgentTask Task, ImmutableArray<Trial> Trials, UsageReport Usage, TimeSpan Elapsed)
{
    /// <summary>The trial that has just ended.</summary>
    public Trial Last => Trials[^1];
}
