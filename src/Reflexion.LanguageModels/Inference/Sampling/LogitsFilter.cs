namespace Reflexion.LanguageModels;

/// <summary>Restricts the next token: called before each is drawn, with logits that it may change; −∞ forbids a token.</summary>
/// <param name="completion">The tokens drawn so far, without the prompt.</param>
/// <param name="logits">One for each token of the vocabulary. At least one must stay above −∞.</param>
public delegate void LogitsFilter(ReadOnlySpan<int> completion, Span<float> logits);
