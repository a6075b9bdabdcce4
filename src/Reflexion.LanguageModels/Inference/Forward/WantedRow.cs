namespace Reflexion.LanguageModels;

/// <summary>A row of a pass whose outcome a sequence wants.</summary>
internal readonly record struct WantedRow(InferenceSequence Sequence, int Position, int Row);
