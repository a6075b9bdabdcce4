namespace Reflexion.LanguageModels;

/// <summary>One token of a completion, as it comes.</summary>
/// <param name="Token">The token drawn.</param>
/// <param name="Text">The text that is certain now; empty while a character or a stop string may be incomplete.</param>
/// <param name="Finish">Why this was the last token, or null.</param>
/// <param name="Reused">Tokens of the prompt that were not computed again.</param>
internal readonly record struct GeneratedPiece(SampledToken Token, string Text, GenerationFinish? Finish, int Reused);
