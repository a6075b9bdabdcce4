namespace Reflexion.LanguageModels;

/// <summary>How a model is run.</summary>
public sealed record LanguageModelOptions
{
    /// <summary>In which numbers activations are multiplied with quantised weights. Default: integers.</summary>
    public ActivationPrecision Precision { get; init; } = ActivationPrecision.Integer;

    /// <summary>Threads that compute, 1 to 1,024. Default: one for each processor, at most 64.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Sequences computed at once, 1 to 1,024; others wait in the order in which they came. Default: 8.</summary>
    public int MaxSequences { get; init; } = 8;

    /// <summary>Requests that wait at most; one more is refused. Default: 16,384.</summary>
    public int MaxWaiting { get; init; } = 16_384;

    /// <summary>
    /// Most tokens of prompt and completion; at most what the model was made for. Memory of a sequence grows with its tokens up to this, by
    /// 8 · layers · key-value heads · head size bytes each (SmolLM2-135M: 45 kB). Default: 0, what the model was made for, at most 8,192.
    /// </summary>
    public int ContextLength { get; init; }

    /// <summary>Tokens of sequences that have ended which are kept for those that begin alike; 0: none. Default: 16,384.</summary>
    public int PrefixCacheTokens { get; init; } = 16_384;

    /// <summary>Tokens of prompts computed in one step while no other sequence waits for its next token, 1 to 8,192. Default: 512.</summary>
    public int PromptBlock { get; init; } = 512;

    /// <summary>The same while others wait: smaller, they wait less, and prompts take a little longer. Default: 128.</summary>
    public int SharedPromptBlock { get; init; } = 128;

    /// <summary>What seeds follow from that requests leave out. Default: 0.</summary>
    public ulong Seed { get; init; }

    internal int ContextOf(TransformerConfig config) =>
        ContextLength == 0 ? Math.Min(config.ContextLength, 8_192)
        : ContextLength <= config.ContextLength ? ContextLength
        : throw new ArgumentException($"The model was made for a context of {config.ContextLength} tokens; choose that or less, not {ContextLength}.");

    internal void Validate()
    {
        Require(Threads, nameof(Threads), 1, 1_024);
        Require(MaxSequences, nameof(MaxSequences), 1, 1_024);
        Require(MaxWaiting, nameof(MaxWaiting), 0, int.MaxValue);
        Require(ContextLength, nameof(ContextLength), 0, int.MaxValue);
        Require(PrefixCacheTokens, nameof(PrefixCacheTokens), 0, int.MaxValue);
        Require(PromptBlock, nameof(PromptBlock), 1, 8_192);
        Require(SharedPromptBlock, nameof(SharedPromptBlock), 1, 8_192);
        if (!Enum.IsDefined(Precision))
        {
            throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "There is no such precision.");
        }
    }

    private static void Require(int value, string name, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The value lies between {least} and {most}.");
        }
    }
}
