using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>How a vocabulary is learnt from text.</summary>
public sealed record BytePairTrainerOptions
{
    /// <summary>Tokens in all: special tokens, 256 bytes, and merges; fewer come out where the text is used up. Default: 2,048.</summary>
    public int VocabularySize { get; init; } = 2_048;

    /// <summary>How often a pair must occur to become a token; at least 1. Default: 2.</summary>
    public int MinFrequency { get; init; } = 2;

    /// <summary>
    /// Control tokens, which get the lowest ids in this order. Default: <c>&lt;|endoftext|&gt;</c>, <c>&lt;|im_start|&gt;</c>,
    /// <c>&lt;|im_end|&gt;</c>.
    /// </summary>
    public ImmutableArray<string> SpecialTokens { get; init; } = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    /// <summary>The special token that begins a sequence, or null for none. Default: none.</summary>
    public string? BeginToken { get; init; }

    /// <summary>The special token that ends a sequence, or null for none. Default: <c>&lt;|im_end|&gt;</c>.</summary>
    public string? EndToken { get; init; } = "<|im_end|>";

    /// <summary>The special token that fills up batches, or null for none. Default: <c>&lt;|endoftext|&gt;</c>.</summary>
    public string? PadToken { get; init; } = "<|endoftext|>";

    /// <summary>How text is cut into words: gpt2, smollm, qwen2 or llama3. Default: smollm, whose numbers are single digits.</summary>
    public string PreTokenizer { get; init; } = "smollm";

    /// <summary>The chat template, or null for none. Default: ChatML.</summary>
    public string? ChatTemplate { get; init; } =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
}
