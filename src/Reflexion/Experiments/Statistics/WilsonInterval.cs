namespace Reflexion;

/// <summary>Intervals of a share of successes.</summary>
public static class WilsonInterval
{
    /// <summary>
    /// The score interval of Wilson (1927), without continuity correction: the method that Newcombe (1998, Statistics in Medicine 17,
    /// 857–872) and Brown, Cai and DasGupta (2001) recommend. It never leaves [0,1] and holds for no successes and for nothing but successes.
    /// </summary>
    /// <param name="successes">How many succeeded, in [0, <paramref name="attempts"/>].</param>
    /// <param name="attempts">How many independent attempts there were; at least 1.</param>
    /// <param name="confidence">How often the interval should hold the true share, in (0,1). Default 0.95.</param>
    /// <returns>The observed share and its interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static IntervalEstimate Of(int successes, int attempts, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, attempts);
        return Of((double)successes / attempts, attempts, Confidence.Check(confidence));
    }

    /// <summary>
    /// The interval of a share whose attempts come in groups, several seeds of one task, say, which are alike and so tell less than as
    /// many independent ones. The number of attempts is divided by the design effect, the variance between groups over the
    /// binomial one (Rao and Scott 1992; Korn and Graubard 1998), and Wilson's interval is made with that.
    /// </summary>
    /// <param name="groups">Successes and attempts of each group; at least one group, each with at least one attempt.</param>
    /// <param name="confidence">How often the interval should hold the true share, in (0,1). Default 0.95.</param>
    /// <returns>The observed share and its interval; with one attempt a group the same as for independent attempts.</returns>
    /// <exception cref="ArgumentException">There are no groups, or the counts of one are out of range.</exception>
    public static IntervalEstimate OfGroups(IEnumerable<(int Successes, int Attempts)> groups, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(groups);
        (int Successes, int Attempts)[] all = [.. groups];
        if (all.Length == 0 || all.Any(group => group.Attempts < 1 || group.Successes < 0 || group.Successes > group.Attempts))
        {
            throw new ArgumentException("There must be a group, and each must have an attempt or more and no more successes than attempts.", nameof(groups));
        }

        int attempts = all.Sum(group => group.Attempts);
        double share = (double)all.Sum(group => group.Successes) / attempts;
        return Of(share, attempts / DesignEffect(all, share, attempts), Confidence.Check(confidence));
    }

    /// <summary>The bounds of a share, in [0,1], at a quantile of the standard normal distribution, zero or above.</summary>
    internal static (double Lower, double Upper) Bounds(double share, double attempts, double quantile)
    {
        double weight = quantile * quantile / attempts;
        double centre = (share + weight / 2) / (1 + weight);
        double half = quantile / (1 + weight) * Math.Sqrt(share * (1 - share) / attempts + weight / (4 * attempts));
        return (share == 0 ? 0 : Math.Max(0, centre - half), share == 1 ? 1 : Math.Min(1, centre + half));
    }

    // Never below 1: groups that happen to be evener than chance do not make for more attempts. Never above the groups' mean size.
    private static double DesignEffect((int Successes, int Attempts)[] groups, double share, int attempts)
    {
        double binomial = share * (1 - share) / attempts;
        if (groups.Length == attempts || groups.Length == 1 || binomial == 0)
        {
            return groups.Length == attempts ? 1 : (double)attempts / groups.Length;
        }

        double between = groups.Sum(group => Math.Pow(group.Successes - share * group.Attempts, 2)) * groups.Length / (groups.Length - 1.0) / ((double)attempts * attempts);
        return Math.Clamp(between / binomial, 1, (double)attempts / groups.Length);
    }

    private static IntervalEstimate Of(double share, double attempts, double confidence)
    {
        (double lower, double upper) = Bounds(share, attempts, NormalDistribution.Quantile(0.5 + confidence / 2));
        return new(share, lower, upper);
    }
}
