namespace Reflexion.LanguageModels;

/// <summary>What a forward pass keeps.</summary>
internal enum ActivationSaving
{
    /// <summary>Nothing: there is no backward pass.</summary>
    None,

    /// <summary>All but gate and up, which the backward pass computes again: about half the memory, a fifth more time.</summary>
    WithoutFeedForward,

    /// <summary>All that is costly to compute again.</summary>
    Full,
}
