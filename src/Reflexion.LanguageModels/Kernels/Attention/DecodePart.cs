namespace Reflexion.LanguageModels;

/// <summary>Some of the keys that a new token attends to.</summary>
/// <param name="Row">Which sequence's.</param>
/// <param name="First">The first key.</param>
/// <param name="Count">How many; at least 1.</param>
internal readonly record struct DecodePart(int Row, int First, int Count);
