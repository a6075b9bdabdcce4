using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class ClusterBootstrapTests(ITestOutputHelper output)
{
    // Efron and Tibshirani 1993, table 14.1, test A.
    private static readonly double[] Spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    private static readonly Func<double[], double> Ratio = sums => sums[0] / sums[1];

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_hardly_another()
    {
        double[][] groups = [.. Enumerable.Range(0, 60).Select(i => new[] { i % 7.0, 1 })];

        IntervalEstimate first = new ClusterBootstrap(new() { Seed = 1 }).Estimate(groups, Ratio);

        new ClusterBootstrap(new() { Seed = 1 }).Estimate(groups, Ratio).Should().Be(first);
        IntervalEstimate other = new ClusterBootstrap(new() { Seed = 2 }).Estimate(groups, Ratio);
        other.Should().NotBe(first);
        other.Low.Should().BeApproximately(first.Low, 0.1);
        first.Value.Should().BeInRange(first.Low, first.High);
    }

    [Fact]
    public void Draws_are_the_same_on_every_platform()
    {
        // Computed by an independent program; a change here changes every published interval.
        IntervalEstimate estimate = new ClusterBootstrap().Estimate([.. Enumerable.Range(0, 10).Select(i => new double[] { i * i, 1 })], Ratio);

        estimate.Value.Should().Be(28.5);
        estimate.Low.Should().BeApproximately(11.6, 1e-6);
        estimate.High.Should().BeApproximately(52.39971151495329, 1e-6);
    }

    // Student's 0.975 quantile for 9 and for 99 degrees of freedom (Abramowitz and Stegun 1964, table 26.10, has 2.262 for 9), computed to six places.
    [Theory]
    [InlineData(10, 2.262157)]
    [InlineData(100, 1.984217)]
    public void Tails_are_as_wide_as_Students(int groups, double quantile) =>
        StudentTail.Of(0.025, groups).Should().BeApproximately(NormalDistribution.Cdf(-quantile * Math.Sqrt(groups / (groups - 1.0))), 1e-5);

    [Fact]
    public void Bias_and_acceleration_are_the_published_ones()
    {
        // Efron and Tibshirani 1993, page 186: the variance of the spatial test data has the acceleration 0.061 and, from their
        // 2,000 samples, the bias 0.146; with both, the ends of a 90 % interval stand at 0.110 and 0.985 of the samples.
        double[] without = [.. Spatial.Select((_, i) => Variance(Sum(Spatial.Where((_, other) => other != i))))];

        BcaCorrection.Of(Variance(Sum(Spatial)), [0, 1000], without).Acceleration.Should().BeApproximately(0.061, 5e-4);
        new BcaCorrection(0.146, 0.061).Apply(0.05).Should().BeApproximately(0.110, 1e-3);
        new BcaCorrection(0.146, 0.061).Apply(0.95).Should().BeApproximately(0.985, 1e-3);
    }

    [Fact]
    public void The_interval_is_the_published_one_where_tails_are_not_widened()
    {
        // Efron and Tibshirani 1993, table 14.2: the variance is 171.5, its 90 % BCa interval (115.8, 259.6) from 2,000 samples,
        // whose ends have standard errors of about 2 and 4. At this confidence the tails widened for 26 groups are 5 % each.
        double tail = Enumerable.Range(1, 999).Select(i => i / 10_000.0).MinBy(share => Math.Abs(StudentTail.Of(share, Spatial.Length) - 0.05));

        IntervalEstimate variance = new ClusterBootstrap(new() { Resamples = 20_000, Confidence = 1 - 2 * tail })
            .Estimate([.. Spatial.Select(value => new[] { value * value, value, 1 })], Variance);

        variance.Value.Should().BeApproximately(171.5, 0.05);
        variance.Low.Should().BeApproximately(115.8, 4);
        variance.High.Should().BeApproximately(259.6, 8);
    }

    // The standard error of a coverage is 0.0034. A mean of skewed figures, at few tasks, is what the interval is too short for.
    [Theory]
    [InlineData("difference", 100)]
    [InlineData("tokens per success", 50)]
    [InlineData("skewed mean", 200)]
    public void A_95_percent_interval_holds_the_truth_in_93_to_97_percent_of_simulations(string statistic, int count)
    {
        double coverage = Coverage.Of(count, random => Draw(statistic, random));

        output.WriteLine($"{statistic}: coverage {coverage:0.0000} of {Coverage.Simulations} simulations of {count} tasks");
        coverage.Should().BeInRange(0.93, 0.97);
    }

    [Theory]
    [InlineData("skewed mean", 20)]
    [InlineData("very skewed mean", 100)]
    public void The_limits_that_the_documentation_names_are_measured(string statistic, int count)
    {
        double coverage = Coverage.Of(count, random => Draw(statistic, random));

        output.WriteLine($"{statistic}: coverage {coverage:0.0000} of {Coverage.Simulations} simulations of {count} tasks");
        coverage.Should().BeInRange(0.91, 0.95);
    }

    [Fact]
    public void Groups_are_drawn_whole()
    {
        // Four seeds a task that all agree tell no more than one.
        double[][] one = [.. Enumerable.Range(0, 50).Select(i => new double[] { i % 2, 1 })];
        double[][] four = [.. one.Select(group => new[] { 4 * group[0], 4 })];

        new ClusterBootstrap().Estimate(four, Ratio).Should().Be(new ClusterBootstrap().Estimate(one, Ratio));
    }

    [Fact]
    public void A_statistic_that_is_always_the_same_has_an_interval_of_no_width() =>
        new ClusterBootstrap().Estimate([[2, 1], [2, 1], [2, 1]], Ratio).Should().Be(new IntervalEstimate(2, 2, 2));

    [Fact]
    public void One_group_tells_nothing_about_others()
    {
        IntervalEstimate estimate = new ClusterBootstrap().Estimate([[3, 2]], Ratio);

        estimate.Value.Should().Be(1.5);
        estimate.Low.Should().Be(double.NaN);
        estimate.High.Should().Be(double.NaN);
        estimate.ExcludesZero.Should().BeFalse();
    }

    [Fact]
    public void A_ratio_that_may_well_be_infinite_has_no_upper_end()
    {
        // One success among ten tasks: a third of the samples have none.
        IntervalEstimate estimate = new ClusterBootstrap().Estimate([.. Enumerable.Range(0, 10).Select(i => new double[] { 100, i == 0 ? 1 : 0 })], Ratio);

        estimate.Value.Should().Be(1000);
        estimate.High.Should().Be(double.PositiveInfinity);
        estimate.Low.Should().BeInRange(200, 1000);
    }

    [Fact]
    public void Samples_for_which_the_statistic_is_not_defined_do_not_count()
    {
        IntervalEstimate estimate = new ClusterBootstrap().Estimate([[1, 1], [0, 0]], Ratio);

        estimate.Should().Be(new IntervalEstimate(1, 1, 1));
        new ClusterBootstrap().Estimate([[0, 0], [0, 0]], Ratio).Low.Should().Be(double.NaN);
    }

    [Theory]
    [InlineData(0.1, 0.2, true)]
    [InlineData(-0.2, -0.1, true)]
    [InlineData(-0.1, 0.1, false)]
    [InlineData(0, 0.1, false)]
    public void An_interval_excludes_zero_where_both_ends_are_on_one_side(double low, double high, bool excludes) =>
        new IntervalEstimate(0.1, low, high).ExcludesZero.Should().Be(excludes);

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        FluentActions.Invoking(() => new ClusterBootstrap().Estimate([], Ratio)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ClusterBootstrap().Estimate([[1, 2], [1]], Ratio)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ClusterBootstrap(new() { Resamples = 99 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ClusterBootstrap(new() { Confidence = 1 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static (double[] Sums, double Truth) Draw(string statistic, Random random)
    {
        double u = random.NextDouble();
        return statistic switch
        {
            // Paired difference of successes: +1 with 0.25, −1 with 0.10.
            "difference" => ([u < 0.25 ? 1 : u < 0.35 ? -1 : 0, 1], 0.15),

            // Failures cost three times as much as successes, which are 0.4 of all.
            "tokens per success" => ([u < 0.4 ? 500 + 1000 * random.NextDouble() : 3000, u < 0.4 ? 1 : 0], (0.4 * 1000 + 0.6 * 3000) / 0.4),
            "skewed mean" => ([-Math.Log(1 - u), 1], 1),
            _ => ([Math.Exp(Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * random.NextDouble())), 1], Math.Exp(0.5)),
        };
    }

    private static double[] Sum(IEnumerable<double> values) => [values.Sum(value => value * value), values.Sum(), values.Count()];

    private static double Variance(double[] sums) => sums[0] / sums[2] - sums[1] / sums[2] * (sums[1] / sums[2]);
}
