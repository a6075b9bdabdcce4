namespace Reflexion.LanguageModels;

/// <summary>How a statement ended.</summary>
internal enum LoopSignal
{
    /// <summary>Go on.</summary>
    None,

    /// <summary><c>break</c>: the innermost loop ends.</summary>
    Break,

    /// <summary><c>continue</c>: the innermost loop goes on with its next item.</summary>
    Continue,
}
