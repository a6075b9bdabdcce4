namespace Reflexion;

/// <summary>Whether two arms solve the same tasks equally often: the exact test of McNemar (1947) over the pairs on which they differ.</summary>
/// <remarks>
/// Two-sided. The exact test keeps its level and is careful; the mid-p test comes closer to it and in the study of Fagerland,
/// Lydersen and Laake (2013, BMC Medical Research Methodology 13:91) hardly ever passes it. Pairs on which the arms agree tell nothing.
/// </remarks>
public sealed record McNemarTest
{
    private McNemarTest(double exactP, double midP)
    {
        ExactP = Math.Min(1, exactP);
        MidP = Math.Min(1, midP);
    }

    /// <summary>The probability of a difference at least as large where the arms are alike, in (0,1].</summary>
    public double ExactP { get; }

    /// <summary>The same with half the weight on differences just as large as the one seen, in (0,1].</summary>
    public double MidP { get; }

    /// <summary>Tests independent pairs.</summary>
    /// <param name="onlyFirst">Pairs that only the first arm solved; not negative.</param>
    /// <param name="onlySecond">Pairs that only the second arm solved; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static McNemarTest Of(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        int pairs = onlyFirst + onlySecond;
        if (pairs == 0)
        {
            return new(1, 1);
        }

        int fewer = Math.Min(onlyFirst, onlySecond);
        double point = FairCoin.Probability(fewer, pairs);
        return onlyFirst == onlySecond ? new(1, 1 - point / 2) : new(2 * FairCoin.LowerTail(fewer, pairs), 2 * FairCoin.LowerTail(fewer, pairs) - point);
    }

    /// <summary>
    /// Tests pairs that come in groups, several seeds of one task, say. Under the null hypothesis the sign of each group's difference is a toss
    /// of a fair coin (Fisher's randomisation test), so the distribution of their sum is known exactly; groups of one pair give McNemar's test.
    /// </summary>
    /// <param name="differences">For each group, the pairs that only the first arm solved minus those that only the second did.</param>
    public static McNemarTest OfGroups(IEnumerable<int> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        int[] telling = [.. differences.Where(difference => difference != 0)];
        if (telling.Length == 0)
        {
            return new(1, 1);
        }

        double[] probabilities = SumOfSigned(telling);
        int zero = telling.Sum(Math.Abs);
        int seen = Math.Abs(telling.Sum());
        double beyond = 0;
        for (int sum = seen + 1; sum <= zero; sum++)
        {
            beyond += 2 * probabilities[zero + sum];
        }

        double at = seen == 0 ? probabilities[zero] : 2 * probabilities[zero + seen];
        return new(beyond + at, beyond + at / 2);
    }

    /// <summary>The probability of every value of Σ ±d, from the lowest to the highest.</summary>
    private static double[] SumOfSigned(int[] differences)
    {
        int reach = differences.Sum(Math.Abs);
        double[] sums = new double[2 * reach + 1];
        sums[reach] = 1;
        foreach (int difference in differences)
        {
            int size = Math.Abs(difference);
            double[] next = new double[sums.Length];
            for (int i = 0; i < sums.Length; i++)
            {
                next[i] = ((i >= size ? sums[i - size] : 0) + (i + size < sums.Length ? sums[i + size] : 0)) / 2;
            }

            sums = next;
        }

        return sums;
    }
}
