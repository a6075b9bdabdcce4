using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>All that a model file says of its tokenizer, as it says it.</summary>
internal sealed record TokenizerSpec
{
    /// <summary>What errors call the file.</summary>
    public string Source { get; init; } = "the tokenizer";

    /// <summary>GGUF: <c>tokenizer.ggml.model</c>.</summary>
    public required TokenizerKind Kind { get; init; }

    /// <summary>The tokens' texts as stored, by id. GGUF: <c>tokenizer.ggml.tokens</c>.</summary>
    public required ImmutableArray<string> Tokens { get; init; }

    /// <summary>By id; empty means that all are <see cref="TokenType.Normal"/>. GGUF: <c>tokenizer.ggml.token_type</c>.</summary>
    public ImmutableArray<TokenType> TokenTypes { get; init; } = [];

    /// <summary>By id, higher is merged sooner; of <see cref="TokenizerKind.SentencePiece"/> only. GGUF: <c>tokenizer.ggml.scores</c>.</summary>
    public ImmutableArray<float> Scores { get; init; } = [];

    /// <summary>"left right", sooner is merged sooner; SentencePiece uses scores where there are none. GGUF: <c>tokenizer.ggml.merges</c>.</summary>
    public ImmutableArray<string> Merges { get; init; } = [];

    /// <summary>How text is cut into words before merging; of <see cref="TokenizerKind.ByteLevel"/> only. GGUF: <c>tokenizer.ggml.pre</c>.</summary>
    public string PreTokenizer { get; init; } = "default";

    /// <summary>Begins a sequence. GGUF: <c>tokenizer.ggml.bos_token_id</c>.</summary>
    public int? BosId { get; init; }

    /// <summary>Ends a sequence. GGUF: <c>tokenizer.ggml.eos_token_id</c>.</summary>
    public int? EosId { get; init; }

    /// <summary>Ends a turn. GGUF: <c>tokenizer.ggml.eot_token_id</c>.</summary>
    public int? EotId { get; init; }

    /// <summary>Stands for what cannot be spelt. GGUF: <c>tokenizer.ggml.unknown_token_id</c>.</summary>
    public int? UnknownId { get; init; }

    /// <summary>Fills up batches. GGUF: <c>tokenizer.ggml.padding_token_id</c>.</summary>
    public int? PadId { get; init; }

    /// <summary>Whether sequences begin with <see cref="BosId"/>; null where the file does not say. GGUF: <c>tokenizer.ggml.add_bos_token</c>.</summary>
    public bool? AddBos { get; init; }

    /// <summary>Whether sequences end with <see cref="EosId"/>; null where the file does not say. GGUF: <c>tokenizer.ggml.add_eos_token</c>.</summary>
    public bool? AddEos { get; init; }

    /// <summary>Whether a space is put before text; null where the file does not say. GGUF: <c>tokenizer.ggml.add_space_prefix</c>.</summary>
    public bool? AddSpacePrefix { get; init; }

    /// <summary>Whether a word that is a token is taken as it stands, merges or not; null where the file does not say, as in GGUF.</summary>
    public bool? IgnoreMerges { get; init; }

    /// <summary>Jinja source. GGUF: <c>tokenizer.chat_template</c>.</summary>
    public string? ChatTemplate { get; init; }
}
