using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a <see cref="ChainOfThoughtActor"/> works.</summary>
public sealed record ChainOfThoughtOptions
{
    /// <summary>The protocol, sent in the system role; null (default) for one in the manner of the papers. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Worked examples; null (default) for none. Trusted text.</summary>
    public string? Examples { get; init; }

    /// <summary>Model, temperature and the like; null (default) for the client's own. Copied when the actor is made, and again for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>How often the model is asked again when no answer can be read from its reply. Default 1; in [0, 10].</summary>
    public int MaxReasks { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxReasks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxReasks, 10);
    }
}
