namespace Reflexion;

/// <summary>How much of a conversation a model may be sent, and how observations are shortened to stay within it.</summary>
/// <remarks>
/// Before a call that would be too long, the largest observations are shortened first, among equals the oldest: their
/// heads and tails stay. The prompt (instructions, task, lessons) and the model's own turns are never shortened. It is
/// done in large strokes, a quarter of the room at once, so that a provider's prompt cache keeps hitting in between.
/// </remarks>
public sealed record ContextWindow
{
    /// <summary>The most input tokens in one call. Default 16,000; at least 1.</summary>
    public int MaxInputTokens { get; init; } = 16_000;

    /// <summary>Counts the tokens of a text; null (default) to estimate four characters a token. Called once for every text sent.</summary>
    public Func<string, int>? CountTokens { get; init; }

    /// <summary>What at least stays of an observation, in characters. Default 80; at least 40.</summary>
    public int MinObservationCharacters { get; init; } = 80;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxInputTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinObservationCharacters, Excerpt.MinCharacters);
    }
}
