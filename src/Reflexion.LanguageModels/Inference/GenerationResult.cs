using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A completion.</summary>
public sealed record GenerationResult
{
    /// <summary>The very tokens drawn, an end token included.</summary>
    public required ImmutableArray<int> Ids { get; init; }

    /// <summary>
    /// ln p of each token under the distribution that it was drawn from: penalties, filter, temperature and truncation included. With the default
    /// sampling the model's own distribution; at temperature 0 always 0, since only one token could be drawn.
    /// </summary>
    public required ImmutableArray<float> LogProbs { get; init; }

    /// <summary>The text without end token and stop sequence; tokens that the tokenizer does not have, or all for a model without one, have none.</summary>
    public required string Text { get; init; }

    /// <summary>Why it ended.</summary>
    public required GenerationFinish Finish { get; init; }

    /// <summary>The seed that drew it.</summary>
    public required ulong Seed { get; init; }

    /// <summary><see cref="LoraAdapter.Hash"/> of the adapter at the time, or null.</summary>
    public string? AdapterHash { get; init; }

    /// <summary>Tokens of the prompt that did not have to be computed.</summary>
    public int CachedTokens { get; init; }
}
