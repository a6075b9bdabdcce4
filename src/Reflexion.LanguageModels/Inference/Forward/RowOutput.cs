namespace Reflexion.LanguageModels;

/// <summary>What a sequence wants to know of its positions.</summary>
internal enum RowOutput
{
    /// <summary>The logits of the next token.</summary>
    Logits,

    /// <summary>The hidden state after the final norm.</summary>
    HiddenState,
}
