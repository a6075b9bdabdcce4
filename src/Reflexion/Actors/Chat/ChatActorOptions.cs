using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a <see cref="ChatActor"/> works.</summary>
public sealed record ChatActorOptions
{
    /// <summary>What to tell the model in the system role; null (default) for nothing. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Model, temperature and the like; null (default) for the client's own. Copied when the actor is made, and again for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }
}
