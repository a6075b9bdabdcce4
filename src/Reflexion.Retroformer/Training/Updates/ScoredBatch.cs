using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>What an update is made from.</summary>
/// <param name="Groups">Refinements with advantages, by failure; only those that say something.</param>
/// <param name="Metrics">The figures known before the update.</param>
internal sealed record ScoredBatch(ImmutableArray<ImmutableArray<ScoredSample>> Groups, UpdateMetrics Metrics);
