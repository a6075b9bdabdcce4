using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What a model says of the response tokens of one sequence.</summary>
/// <param name="LogProbs">ln p of each, under softmax(logits / temperature).</param>
/// <param name="Entropies">−Σ p ln p over the vocabulary at each, in nats.</param>
/// <param name="Values">What the value head says before each; zeros without one.</param>
public sealed record SequenceScore(ImmutableArray<float> LogProbs, ImmutableArray<float> Entropies, ImmutableArray<float> Values);
