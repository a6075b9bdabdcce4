namespace Reflexion;

/// <summary>What an actor needs for one trial.</summary>
public sealed record ActorContext
{
    /// <summary>The task.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>The prompt of this trial.</summary>
    public required ActorPrompt Prompt { get; init; }

    /// <summary>The trial's number, from 1.</summary>
    public int Trial { get; init; } = 1;

    /// <summary>The run: its budget, its clock, whether it streams. Call models through <see cref="EpisodeRun.Meter"/>.</summary>
    public EpisodeRun Run { get => field ??= new(); init; }
}
