namespace Reflexion;

/// <summary>Binomial probabilities for a fair coin, to ten digits or more for any number of tosses.</summary>
internal static class FairCoin
{
    private const int ExactFactorials = 32;

    /// <summary>The probability of exactly <paramref name="heads"/> heads.</summary>
    internal static double Probability(int heads, int tosses) =>
        Math.Exp(LogFactorial(tosses) - LogFactorial(heads) - LogFactorial(tosses - heads) - tosses * Math.Log(2));

    /// <summary>The probability of at most <paramref name="heads"/> heads, where that is no more than half the tosses.</summary>
    internal static double LowerTail(int heads, int tosses)
    {
        double term = Probability(heads, tosses);
        double sum = 0;
        for (int i = heads; i >= 0 && term > sum * 1e-18; i--)
        {
            sum += term;
            term *= (double)i / (tosses - i + 1);
        }

        return sum;
    }

    // Stirling's series (A&S 6.1.41); its error at 33! is below 1e-16.
    private static double LogFactorial(int n)
    {
        if (n <= ExactFactorials)
        {
            double product = 1;
            for (int i = 2; i <= n; i++)
            {
                product *= i;
            }

            return Math.Log(product);
        }

        double x = n + 1.0;
        double square = x * x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680.0 * square)) / square) / square) / x;
    }
}
