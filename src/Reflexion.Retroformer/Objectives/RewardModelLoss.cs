namespace Reflexion.Retroformer;

/// <summary>
/// What teaches a reward model, whose reward of a response is the value head's number at its end. Each adds its derivative with respect to every reward to a
/// span of gradients.
/// </summary>
public static class RewardModelLoss
{
    /// <summary>Bradley–Terry: −Σ ln σ(r_preferred − r_rejected) (Ouyang et al. 2022, equation 1; Yao et al. 2023, section 4.3).</summary>
    /// <param name="preferred">The reward of the better response of each pair.</param>
    /// <param name="rejected">The reward of the worse one.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's pairs for their mean.</param>
    /// <param name="preferredGradients">The derivative with respect to <paramref name="preferred"/> is added to it.</param>
    /// <param name="rejectedGradients">The derivative with respect to <paramref name="rejected"/> is added to it.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static PairLossReport Pairwise(
        ReadOnlySpan<float> preferred, ReadOnlySpan<float> rejected, double scale, Span<float> preferredGradients, Span<float> rejectedGradients)
    {
        ObjectiveArguments.Finite(preferred);
        ObjectiveArguments.Finite(rejected);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(preferred.Length, rejected.Length, nameof(rejected));
        ObjectiveArguments.SameLength(preferred.Length, preferredGradients.Length, nameof(preferredGradients));
        ObjectiveArguments.SameLength(preferred.Length, rejectedGradients.Length, nameof(rejectedGradients));
        PairLossReport report = default;
        for (int i = 0; i < preferred.Length; i++)
        {
            double margin = (double)preferred[i] - rejected[i];
            float slope = (float)(scale / (1 + Math.Exp(margin)));
            preferredGradients[i] -= slope;
            rejectedGradients[i] += slope;
            report += new PairLossReport(scale * SoftPlus(-margin), 1, 0.5 + (0.5 * Math.Sign(margin)), margin);
        }

        return report;
    }

    /// <summary>Regression on the reward itself: Σ ½ (r − target)².</summary>
    /// <param name="predicted">The reward that the model gives each response.</param>
    /// <param name="targets">The reward that it had, ΔG say.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's responses for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static ValueLossReport Regression(ReadOnlySpan<float> predicted, ReadOnlySpan<double> targets, double scale, Span<float> gradients)
    {
        ObjectiveArguments.Finite(predicted);
        ObjectiveArguments.Finite(targets);
        ObjectiveArguments.SameLength(predicted.Length, targets.Length, nameof(targets));
        return ValueLoss.Squared(predicted, targets, 1, scale, gradients);
    }

    // ln(1 + e^x) without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
