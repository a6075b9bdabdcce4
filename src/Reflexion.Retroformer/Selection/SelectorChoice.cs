using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>An arm that was drawn, with what it was drawn from.</summary>
/// <param name="Arm">The arm: 0 for the null arm, from 1 for refinements.</param>
/// <param name="Propensities">π(j|s) of every arm when it was drawn; they sum to 1.</param>
public readonly record struct SelectorChoice(int Arm, ImmutableArray<double> Propensities);
