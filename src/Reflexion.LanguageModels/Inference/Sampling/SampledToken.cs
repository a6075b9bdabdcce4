namespace Reflexion.LanguageModels;

/// <summary>A token drawn, and its log-probability under the distribution that it was drawn from.</summary>
internal readonly record struct SampledToken(int Id, float LogProb);
