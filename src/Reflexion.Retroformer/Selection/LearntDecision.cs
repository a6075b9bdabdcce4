namespace Reflexion.Retroformer;

/// <summary>A decision in the window of a learner, with the doubly robust reward of every arm as it was estimated before the decision was learnt from.</summary>
internal readonly record struct LearntDecision(SelectorDecision Decision, double[] Rewards);
