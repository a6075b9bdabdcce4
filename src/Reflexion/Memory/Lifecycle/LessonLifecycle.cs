namespace Reflexion;

/// <summary>The life of a lesson: candidate → on probation → promoted → retired. Pure functions of its state and credit.</summary>
/// <remarks>
/// <para>
/// From <see cref="LessonLifecycleOptions.MinimumCreditedUses"/> on, a lesson is retired when even the upper bound of its mean ΔG lies below
/// <see cref="LessonLifecycleOptions.RetireBelow"/>, and promoted when even the lower bound lies above
/// <see cref="LessonLifecycleOptions.PromoteAbove"/>. A promoted one goes back on probation when its mean itself is no longer above.
/// </para>
/// <para>
/// A retired lesson stays so, whatever credit it still gets, until it is learnt again: then it is a candidate with all its provenances and
/// no credit, for what it was worth before does not tell what it is worth to an agent that came to it anew.
/// </para>
/// </remarks>
public static class LessonLifecycle
{
    /// <summary>Where a lesson stands, given where it stood and its credit.</summary>
    /// <param name="state">Where it stood.</param>
    /// <param name="credit">Its credit now.</param>
    /// <param name="options">The lines to cross; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static LessonState Next(LessonState state, LessonCredit credit, LessonLifecycleOptions? options = null)
    {
        options ??= new();
        options.Validate();
        if (state == LessonState.Retired)
        {
            return LessonState.Retired;
        }

        if (credit.CreditedUses >= options.MinimumCreditedUses)
        {
            (double lower, double upper) = MeanInterval(credit, options.ConfidenceQuantile);
            if (upper < options.RetireBelow)
            {
                return LessonState.Retired;
            }

            if (lower > options.PromoteAbove)
            {
                return LessonState.Promoted;
            }
        }

        return state == LessonState.Promoted && credit.MeanDelta > options.PromoteAbove ? LessonState.Promoted
            : credit.Uses >= options.ProbationAfter ? LessonState.Probation
            : LessonState.Candidate;
    }

    /// <summary>Bounds of the mean ΔG that a lesson would have in the long run.</summary>
    /// <remarks>
    /// With p = (1 + mean ΔG)/2 and n credited uses: Wilson's score interval of p (E. B. Wilson, 1927), mapped back to [−1,1]. Of all
    /// distributions on [0,1] with a given mean that of zeros and ones, for which the interval is made, spreads most; so for changes in
    /// return between them the interval is rather too wide than too narrow.
    /// </remarks>
    /// <param name="credit">The credit.</param>
    /// <param name="quantile">A quantile of the standard normal distribution, zero or above: 1.645 makes each bound hold with 95 %.</param>
    /// <returns>The bounds, in [−1,1]; −1 and 1 before the first credited use.</returns>
    public static (double Lower, double Upper) MeanInterval(LessonCredit credit, double quantile)
    {
        if (credit.MeanDelta is not { } mean)
        {
            return (-1, 1);
        }

        (double lower, double upper) = WilsonInterval.Bounds(Math.Clamp((1 + mean) / 2, 0, 1), credit.CreditedUses, quantile);
        return ((2 * lower) - 1, (2 * upper) - 1);
    }
}
