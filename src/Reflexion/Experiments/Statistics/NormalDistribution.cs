namespace Reflexion;

/// <summary>The standard normal distribution, to about fourteen digits.</summary>
internal static class NormalDistribution
{
    private const double SeriesEnd = 2.0;
    private const int SeriesTerms = 60;
    private const int FractionTerms = 120;

    /// <summary>Φ(x), the probability of a value below x.</summary>
    internal static double Cdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>Φ⁻¹(p): starts from Abramowitz and Stegun 26.2.23 and refines it with Halley's method.</summary>
    /// <param name="p">A probability in (0,1); the ends give infinities.</param>
    internal static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0,1].");
        }

        return p > 0.5 ? -LowerQuantile(1 - p) : LowerQuantile(p);
    }

    /// <summary>The complementary error function: the series of A&amp;S 7.1.6 near zero, the continued fraction of A&amp;S 7.1.14 beyond.</summary>
    internal static double Erfc(double x) => x < 0 ? 2 - Erfc(-x) : x < SeriesEnd ? 1 - ErfSeries(x) : ErfcFraction(x);

    private static double LowerQuantile(double p)
    {
        double t = Math.Sqrt(-2 * Math.Log(p));
        double x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
        for (int i = 0; i < 3; i++)
        {
            double step = (Cdf(x) - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x -= step / (1 + x * step / 2);
        }

        return x;
    }

    private static double ErfSeries(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < SeriesTerms; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double ErfcFraction(double x)
    {
        double tail = x;
        for (int n = FractionTerms; n > 0; n--)
        {
            tail = x + n / 2.0 / tail;
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * tail);
    }
}
