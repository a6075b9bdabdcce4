namespace Reflexion.LanguageModels;

/// <summary>Why a completion ended.</summary>
public enum GenerationFinish
{
    /// <summary>The model drew a token that ends a turn or a text, or one of the request's stop tokens. It is the last of the tokens.</summary>
    EndToken,

    /// <summary>The text came to a stop sequence, which is not part of it. The tokens that spell it are.</summary>
    StopSequence,

    /// <summary>The most tokens that were asked for, or that the context holds.</summary>
    Length,
}
