using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class ClusterBootstrapTests(ITestOutputHelper output)
{
    // Ends often lie just where the truth does, since shares of a hundred tasks are whole per cents.
    private const double Rounding = 1e-9;

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

    // Student's 0.975 quantile for 9 and for 99 degrees of freedom is 2.262157 and 1.984217.
    [Theory]
    [InlineData(10, 2.262157)]
    [InlineData(100, 1.984217)]
    public void Tails_are_as_wide_as_Students(int groups, double quantile) =>
        StudentTail.Of(0.025, groups).Should().BeApproximately(NormalDistribution.Cdf(-quantile * Math.Sqrt(groups / (groups - 1.0))), 1e-5);

    [Theory]
    [InlineData("difference", 100)]
    [InlineData("tokens per success", 100)]
    [InlineData("skewed mean", 200)]
    public void A_95_percent_interval_holds_the_truth_in_93_to_97_percent_of_simulations(string statistic, int count)
    {
        var random = new Random(17);
        const int Simulations = 600;
        int held = 0;
        for (int simulation = 0; simulation < Simulations; simulation++)
        {
            (double[] Sums, double Truth)[] tasks = [.. Enumerable.Range(0, count).Select(_ => Draw(statistic, random))];
            IntervalEstimate estimate = new ClusterBootstrap(new() { Resamples = 400, Seed = simulation }).Estimate([.. tasks.Select(task => task.Sums)], Ratio);
            held += estimate.Low <= tasks[0].Truth + Rounding && tasks[0].Truth - Rounding <= estimate.High ? 1 : 0;
        }

        output.WriteLine($"{statistic}: coverage {(double)held / Simulations:0.0000} of {Simulations} simulations of {count} tasks");
        ((double)held / Simulations).Should().BeInRange(0.93, 0.97);
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
            _ => ([-Math.Log(1 - u), 1], 1),
        };
    }
}
