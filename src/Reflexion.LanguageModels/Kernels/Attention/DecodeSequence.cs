namespace Reflexion.LanguageModels;

/// <summary>What a sequence that grows by one token has in its cache.</summary>
/// <param name="Keys">The first key: rows of all heads side by side.</param>
/// <param name="Values">The first value.</param>
/// <param name="Count">How many of each, the new token's included; at least 1.</param>
internal readonly record struct DecodeSequence(nint Keys, nint Values, int Count);
