namespace Reflexion.Tests;

/// <summary>Compares the mean of sampled gradients with the exact one.</summary>
internal static class MonteCarloGradient
{
    /// <summary>Every number within four standard errors, and these small enough for the comparison to tell.</summary>
    public static void ShouldAgree(double[] expected, Action<Random, double[]> draw, int draws = 20_000)
    {
        var random = new Random(20_230_804);
        double[] sums = new double[expected.Length];
        double[] squares = new double[expected.Length];
        for (int i = 0; i < draws; i++)
        {
            double[] gradient = new double[expected.Length];
            draw(random, gradient);
            for (int j = 0; j < gradient.Length; j++)
            {
                sums[j] += gradient[j];
                squares[j] += gradient[j] * gradient[j];
            }
        }

        double size = Math.Sqrt(expected.Sum(number => number * number));
        for (int j = 0; j < expected.Length; j++)
        {
            double mean = sums[j] / draws;
            double error = Math.Sqrt(Math.Max(0, (squares[j] / draws) - (mean * mean)) / draws);
            error.Should().BeLessThan(0.05 * size, "a comparison within noise says nothing");
            mean.Should().BeApproximately(expected[j], (4 * error) + (1e-6 * size), "that is the exact derivative {0}", j);
        }
    }
}
