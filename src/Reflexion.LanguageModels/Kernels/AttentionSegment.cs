namespace Reflexion.LanguageModels;

/// <summary>Neighbouring rows of a token stream that form one causal sequence, and the rows before it that they all see.</summary>
/// <param name="Start">The first row.</param>
/// <param name="Length">How many rows; each sees itself and those before it in the segment.</param>
/// <param name="PrefixStart">The first row of a prompt computed once for several segments.</param>
/// <param name="PrefixLength">How many rows the prompt has; 0 for none.</param>
internal readonly record struct AttentionSegment(int Start, int Length, int PrefixStart = 0, int PrefixLength = 0);
