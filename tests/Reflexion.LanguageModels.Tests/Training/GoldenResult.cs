namespace Reflexion.Tests;

/// <summary>One tensor or number of a golden case, as computed and as expected.</summary>
internal sealed record GoldenResult(string What, double[] Actual, double[] Expected)
{
    /// <summary>The Euclidean norm of the difference, relative to that of the expected numbers.</summary>
    public double Deviation => Distance(Actual, Expected);

    /// <summary>How far another run is from this one, on the same scale.</summary>
    public double DistanceTo(GoldenResult other) => Distance(Actual, other.Actual);

    private static double Distance(double[] actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        double difference = actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum();
        return difference == 0 ? 0 : Math.Sqrt(difference / expected.Sum(e => e * e));
    }
}
