namespace Reflexion.Retroformer;

/// <summary>How well a reward model ranks pairs. Sums of reports describe a batch that was computed in parts; the default is nothing yet.</summary>
/// <param name="Loss">The loss, scale included.</param>
/// <param name="Pairs">Pairs.</param>
/// <param name="Correct">Pairs whose preferred member has the higher reward; a tie counts half.</param>
/// <param name="TotalMargin">Σ (r_preferred − r_rejected).</param>
public readonly record struct PairLossReport(double Loss, int Pairs, double Correct, double TotalMargin)
{
    /// <summary>The share of pairs ranked as they should be, in [0, 1]; chance is 0.5; 0 of no pairs.</summary>
    public double Accuracy => Pairs == 0 ? 0 : Correct / Pairs;

    /// <summary>By how much the preferred one's reward is higher, on average; 0 of no pairs.</summary>
    public double MeanMargin => Pairs == 0 ? 0 : TotalMargin / Pairs;

    /// <summary>Both together.</summary>
    public static PairLossReport operator +(PairLossReport left, PairLossReport right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static PairLossReport Add(PairLossReport left, PairLossReport right) =>
        new(left.Loss + right.Loss, left.Pairs + right.Pairs, left.Correct + right.Correct, left.TotalMargin + right.TotalMargin);
}
