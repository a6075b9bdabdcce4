namespace Reflexion.LanguageModels;

/// <summary>What pre-tokenizers tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Neither of the others: punctuation, symbols, marks, controls.</summary>
    Other,

    /// <summary>\p{L}.</summary>
    Letter,

    /// <summary>\p{N}.</summary>
    Number,

    /// <summary>\s without line breaks.</summary>
    Space,

    /// <summary>[\r\n].</summary>
    LineBreak,

    /// <summary>After the last character.</summary>
    End,
}
