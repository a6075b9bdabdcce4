using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How the prompt of a trial came about, as it is recorded: what the retrospective model knew, what it replied, and the trial that came of it.</summary>
public sealed record RecordedRewrite
{
    /// <summary>The episode.</summary>
    public required string EpisodeId { get; init; }

    /// <summary>
    /// What the retrospective model was given: <see cref="RetrospectivePrompt"/> renders it to the text that the model saw. Its run is a new one of the recorded
    /// episode, agent and seed.
    /// </summary>
    public required RetrospectiveContext Context { get; init; }

    /// <summary>What the retrospective model's calls were answered, in order; empty where it made none.</summary>
    public ImmutableArray<ChatResponse> Replies { get; init; } = [];

    /// <summary>The trial with that prompt.</summary>
    public required Trial Trial { get; init; }
}
