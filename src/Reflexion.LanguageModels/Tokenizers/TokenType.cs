namespace Reflexion.LanguageModels;

/// <summary>What a token is for; the numbers are those of SentencePiece and of GGUF's <c>tokenizer.ggml.token_type</c>.</summary>
internal enum TokenType
{
    /// <summary>A piece of text.</summary>
    Normal = 1,

    /// <summary>Stands for what the vocabulary cannot spell.</summary>
    Unknown = 2,

    /// <summary>A mark of the model's protocol; read in text on request only.</summary>
    Control = 3,

    /// <summary>A piece of text that is always cut out whole.</summary>
    UserDefined = 4,

    /// <summary>Never made of text.</summary>
    Unused = 5,

    /// <summary>One byte, written <c>&lt;0x0A&gt;</c>.</summary>
    Byte = 6,
}
