namespace Reflexion.LanguageModels;

/// <summary>The positions of one sequence that a pass computes.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Start">The first position; those before are in its cache.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SequenceRows(InferenceSequence Sequence, int Start, int Count);
