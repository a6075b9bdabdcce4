using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How an <see cref="LlmSelfReflector"/> reflects.</summary>
public sealed record ReflectorOptions
{
    /// <summary>What to ask for. Default: a JSON object.</summary>
    public ReflectorFormat Format { get; init; }

    /// <summary>Whether to use the provider's JSON mode with <see cref="ReflectorFormat.Structured"/>. Default false: the prompt alone, which works everywhere.</summary>
    public bool UseJsonMode { get; init; }

    /// <summary>Worked examples. Trusted text, sent in the system role. Default none.</summary>
    public ImmutableArray<ReflectionExample> Examples { get; init; } = [];

    /// <summary>Temperature, output limit, model and so on; null (default) for the client's own. Cloned for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>The most characters of the trajectory in the prompt; its middle is left out where it is longer. Default 16,000; at least 200.</summary>
    public int MaxTrajectoryCharacters { get; init; } = TrajectoryRenderer.DefaultMaxCharacters;

    /// <summary>The most characters of the task's context in the prompt. Default 16,000; at least 200.</summary>
    public int MaxContextCharacters { get; init; } = TrajectoryRenderer.DefaultMaxCharacters;

    internal ReflectorOptions Validate()
    {
        if (!Enum.IsDefined(Format))
        {
            throw new ArgumentOutOfRangeException(nameof(Format), Format, "This is no format of a reflection.");
        }

        if (Examples.IsDefault || Examples.Any(example => string.IsNullOrWhiteSpace(example?.Trial) || string.IsNullOrWhiteSpace(example.Reflection)))
        {
            throw new ArgumentException("An example needs a trial and a reflection; for no examples, give an empty list.", nameof(Examples));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTrajectoryCharacters, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxContextCharacters, 200);
        return this;
    }
}
