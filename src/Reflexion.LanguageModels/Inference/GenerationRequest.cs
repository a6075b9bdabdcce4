using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A prompt as tokens, and how it is to be continued.</summary>
public sealed record GenerationRequest
{
    /// <summary>The prompt's tokens, at least one; shorter than the model's context.</summary>
    public required ImmutableArray<int> PromptIds { get; init; }

    /// <summary>Most tokens of the completion, at least 1. Default: 256.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>How tokens are drawn. Default: from the model's own distribution.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Decides what is drawn, whatever else runs at once. Default: null, a seed that follows from the model's and the number of requests so far.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Texts that end the completion, none of them empty; needs a tokenizer. At most 64. Default: none.</summary>
    public ImmutableArray<string> StopSequences { get; init; } = [];

    /// <summary>Tokens that end the completion beside the tokenizer's <see cref="Tokenizer.EndIds"/>. Default: none.</summary>
    public ImmutableArray<int> StopIds { get; init; } = [];

    /// <summary>Whether the tokenizer's end tokens are drawn like any other. Default: false, they end the completion.</summary>
    public bool IgnoreEnd { get; init; }

    /// <summary>What the model is changed by, or null. It is used as it is when the request is made, even if it is trained meanwhile.</summary>
    public LoraAdapter? Adapter { get; init; }

    /// <summary>Restricts the tokens that can be drawn, or null. Called on the engine's thread; an exception from it ends this request.</summary>
    public LogitsFilter? Filter { get; init; }

    internal void Validate(int vocabulary, int contextLength, bool hasTokenizer)
    {
        TokenCheck.Prompt(PromptIds, vocabulary, contextLength, nameof(PromptIds));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 1);
        ArgumentNullException.ThrowIfNull(Sampling);
        Sampling.Validate();
        Require(!StopSequences.IsDefault && !StopIds.IsDefault, "Stop sequences and stop tokens are empty lists where there are none.");
        Require(StopSequences.Length <= 64 && !StopSequences.Any(string.IsNullOrEmpty), "There are at most 64 stop sequences, and none is empty.");
        Require(StopSequences.IsEmpty || hasTokenizer, "Stop sequences need a tokenizer, and the model has none; stop at tokens.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
