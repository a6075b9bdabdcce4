namespace Reflexion;

/// <summary>Widens the tails of a bootstrap interval for few groups, so that the interval of a mean is as wide as Student's.</summary>
internal static class StudentTail
{
    /// <summary>The share of samples to leave out at one end in place of <paramref name="tail"/>: Φ(−√(n/(n−1)) t) (Hesterberg 2015).</summary>
    /// <param name="tail">The nominal share, in (0,0.5).</param>
    /// <param name="groups">How many groups are drawn, n; at least 2.</param>
    internal static double Of(double tail, int groups) => NormalDistribution.Cdf(-Math.Sqrt(groups / (groups - 1.0)) * Quantile(NormalDistribution.Quantile(1 - tail), groups - 1));

    // Student's quantile from the normal one (Abramowitz and Stegun 26.7.5).
    private static double Quantile(double z, double freedom)
    {
        double square = z * z;
        double first = z * (square + 1) / 4;
        double second = z * ((5 * square + 16) * square + 3) / 96;
        double third = z * (((3 * square + 19) * square + 17) * square - 15) / 384;
        return z + (first + (second + third / freedom) / freedom) / freedom;
    }
}
