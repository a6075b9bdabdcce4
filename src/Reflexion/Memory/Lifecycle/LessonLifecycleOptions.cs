namespace Reflexion;

/// <summary>What credit moves a lesson from one <see cref="LessonState"/> to the next.</summary>
public sealed record LessonLifecycleOptions
{
    /// <summary>The uses after which a candidate is on probation. Default 1; at least 1.</summary>
    public int ProbationAfter { get; init; } = 1;

    /// <summary>The fewest credited uses on which a lesson is promoted or retired. Default 5; at least 1, <see cref="int.MaxValue"/> for never.</summary>
    public int MinimumCreditedUses { get; init; } = 5;

    /// <summary>A lesson is promoted when the lower bound of its mean ΔG is above this. Default 0; in [−1,1].</summary>
    public double PromoteAbove { get; init; }

    /// <summary>A lesson is retired when the upper bound of its mean ΔG is below this. Default 0; in [−1,1], at most <see cref="PromoteAbove"/>.</summary>
    public double RetireBelow { get; init; }

    /// <summary>
    /// How many standard deviations the bounds lie off: a quantile of the standard normal distribution. Default 1.645, so that each bound
    /// holds with 95 %. Zero or above; zero takes the mean itself.
    /// </summary>
    public double ConfidenceQuantile { get; init; } = 1.645;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbationAfter, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumCreditedUses, 1);

        // Written so that NaN is refused too.
        if (!(PromoteAbove is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(PromoteAbove), PromoteAbove, "A mean ΔG lies in [-1,1].");
        }

        if (!(RetireBelow >= -1 && RetireBelow <= PromoteAbove))
        {
            throw new ArgumentOutOfRangeException(nameof(RetireBelow), RetireBelow, $"It lies in [-1,1] and is not above {nameof(PromoteAbove)}, or a lesson could be promoted and retired at once.");
        }

        if (!(ConfidenceQuantile >= 0 && double.IsFinite(ConfidenceQuantile)))
        {
            throw new ArgumentOutOfRangeException(nameof(ConfidenceQuantile), ConfidenceQuantile, "A quantile of the normal distribution is finite here, and not below zero.");
        }
    }
}
