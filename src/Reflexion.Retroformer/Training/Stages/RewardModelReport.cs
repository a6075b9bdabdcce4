namespace Reflexion.Retroformer;

/// <summary>What training a reward model came to.</summary>
/// <param name="Samples">Refinements, or pairs of them, learnt from.</param>
/// <param name="Steps">Steps made.</param>
/// <param name="FirstLoss">The mean loss over the first epoch, each step before its update.</param>
/// <param name="LastLoss">The mean loss over the last epoch.</param>
/// <param name="Accuracy">The share of pairs ranked as they should be after training, on the pairs trained on; null for regression.</param>
public sealed record RewardModelReport(int Samples, long Steps, double FirstLoss, double LastLoss, double? Accuracy);
