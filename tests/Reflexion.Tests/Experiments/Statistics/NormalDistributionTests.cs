namespace Reflexion.Tests;

public sealed class NormalDistributionTests
{
    // Abramowitz and Stegun 1964, table 26.1, where it has them; all computed with seventy digits.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-6, 9.865876450376981e-10)]
    [InlineData(2.8284271247, 0.9976611325091389)]
    [InlineData(-10, 7.619853024160526e-24)]
    public void The_distribution_function_has_its_known_values(double x, double probability) =>
        NormalDistribution.Cdf(x).Should().BeApproximately(probability, 4e-12 * probability);

    // Abramowitz and Stegun 1964, table 26.5, has six places of the usual ones; all computed with seventy digits.
    [Theory]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(1e-6, -4.753424308822899)]
    [InlineData(1e-10, -6.361340902404057)]
    [InlineData(0.51, 0.025068908258711036)]
    [InlineData(0.5, 0)]
    public void Quantiles_have_their_known_values(double p, double x) => NormalDistribution.Quantile(p).Should().BeApproximately(x, 1e-12);

    [Fact]
    public void The_quantile_undoes_the_distribution_function()
    {
        for (double x = -7; x <= 4; x += 0.125)
        {
            NormalDistribution.Quantile(NormalDistribution.Cdf(x)).Should().BeApproximately(x, 1e-10);
        }
    }

    [Fact]
    public void The_ends_are_infinite_and_what_lies_beyond_is_refused()
    {
        NormalDistribution.Quantile(0).Should().Be(double.NegativeInfinity);
        NormalDistribution.Quantile(1).Should().Be(double.PositiveInfinity);
        FluentActions.Invoking(() => NormalDistribution.Quantile(1.01)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => NormalDistribution.Quantile(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
