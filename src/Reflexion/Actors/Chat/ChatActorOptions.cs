using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a <see cref="ChatActor"/> works.</summary>
public sealed record ChatActorOptions
{
    /// <summary>What to tell the model in the system role; null (default) for nothing. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Model, temperature and the like; null (default) for the client's own. Copied when the actor is made, and again for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>
    /// Whether the call is given a seed of its own, from <see cref="EpisodeRun.Seed"/>, task and trial, so that a model that honours seeds gives the same answer again.
    /// Default false: the seed of <see cref="ChatOptions"/>, if any.
    /// </summary>
    public bool SeedsCalls { get; init; }
}
