using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class WilsonIntervalTests(ITestOutputHelper output)
{
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Intervals_are_those_that_Newcombe_published(int successes, int attempts, double low, double high)
    {
        IntervalEstimate share = WilsonInterval.Of(successes, attempts);

        share.Value.Should().Be((double)successes / attempts);
        share.Low.Should().BeApproximately(low, 5e-5);
        share.High.Should().BeApproximately(high, 5e-5);
    }

    [Fact]
    public void No_success_starts_at_zero_and_nothing_but_successes_ends_at_one()
    {
        WilsonInterval.Of(0, 7).Low.Should().Be(0);
        WilsonInterval.Of(7, 7).High.Should().Be(1);
        WilsonInterval.Of(7, 7).Low.Should().BeApproximately(1 - WilsonInterval.Of(0, 7).High, 1e-12);
    }

    [Fact]
    public void More_confidence_needs_a_wider_interval()
    {
        WilsonInterval.Of(30, 100, 0.99).Low.Should().BeLessThan(WilsonInterval.Of(30, 100, 0.95).Low);
        WilsonInterval.Of(30, 100, 0.99).High.Should().BeGreaterThan(WilsonInterval.Of(30, 100, 0.95).High);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(134)]
    public void A_95_percent_interval_holds_the_true_share_in_93_to_97_percent_of_all_samples(int attempts)
    {
        IntervalEstimate[] intervals = [.. Enumerable.Range(0, attempts + 1).Select(successes => WilsonInterval.Of(successes, attempts))];
        var coverages = new List<double>();
        for (int percent = 10; percent <= 90; percent++)
        {
            double p = percent / 100.0;
            coverages.Add(Enumerable.Range(0, attempts + 1).Where(x => intervals[x].Low <= p && p <= intervals[x].High).Sum(x => Binomial(x, attempts, p)));
        }

        output.WriteLine($"n = {attempts}: coverage {coverages.Min():0.0000} to {coverages.Max():0.0000}, mean {coverages.Average():0.0000}, computed exactly");
        coverages.Average().Should().BeInRange(0.945, 0.955);
        coverages.Where(coverage => coverage is < 0.93 or > 0.97).Should().HaveCountLessThanOrEqualTo(4, "discreteness makes single shares miss");
    }

    [Fact]
    public void Groups_of_one_are_independent_attempts() =>
        WilsonInterval.OfGroups(Enumerable.Range(0, 40).Select(i => (i < 12 ? 1 : 0, 1))).Should().Be(WilsonInterval.Of(12, 40));

    [Fact]
    public void Groups_that_are_all_alike_count_as_one_attempt_each()
    {
        IntervalEstimate grouped = WilsonInterval.OfGroups(Enumerable.Range(0, 40).Select(i => (i < 12 ? 3 : 0, 3)));

        grouped.Value.Should().Be(0.3);
        grouped.Low.Should().BeApproximately(WilsonInterval.Of(12, 40).Low, 1e-12);
        grouped.High.Should().BeApproximately(WilsonInterval.Of(12, 40).High, 1e-12);
    }

    [Fact]
    public void Groups_evener_than_chance_do_not_count_as_more_attempts() =>
        WilsonInterval.OfGroups(Enumerable.Repeat((1, 2), 30)).Should().Be(WilsonInterval.Of(30, 60));

    [Fact]
    public void One_group_counts_as_one_attempt() => WilsonInterval.OfGroups([(4, 4)]).Low.Should().BeApproximately(WilsonInterval.Of(1, 1).Low, 1e-12);

    [Fact]
    public void A_95_percent_interval_of_grouped_attempts_holds_the_true_share_in_93_to_97_percent_of_simulations()
    {
        var random = new Random(11);
        const int Simulations = 4_000;
        int held = 0;
        for (int simulation = 0; simulation < Simulations; simulation++)
        {
            // Half of the tasks are hard: solved with probability 0.2, the others with 0.8, each with four seeds.
            IntervalEstimate share = WilsonInterval.OfGroups(Enumerable.Range(0, 100).Select(_ =>
            {
                double p = random.Next(2) == 0 ? 0.2 : 0.8;
                return (Enumerable.Range(0, 4).Count(_ => random.NextDouble() < p), 4);
            }).ToArray());
            held += share.Low <= 0.5 && 0.5 <= share.High ? 1 : 0;
        }

        output.WriteLine($"coverage {(double)held / Simulations:0.0000} of {Simulations} simulations of 100 tasks with 4 seeds");
        ((double)held / Simulations).Should().BeInRange(0.93, 0.97);
    }

    [Theory]
    [InlineData(-1, 5, 0.95)]
    [InlineData(6, 5, 0.95)]
    [InlineData(0, 0, 0.95)]
    [InlineData(1, 5, 0)]
    [InlineData(1, 5, 1)]
    public void Counts_and_levels_out_of_range_are_refused(int successes, int attempts, double confidence) =>
        FluentActions.Invoking(() => WilsonInterval.Of(successes, attempts, confidence)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Groups_that_cannot_be_are_refused()
    {
        FluentActions.Invoking(() => WilsonInterval.OfGroups([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => WilsonInterval.OfGroups([(1, 1), (2, 1)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => WilsonInterval.OfGroups([(-1, 1)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => WilsonInterval.OfGroups([(0, 0)])).Should().Throw<ArgumentException>();
    }

    private static double Binomial(int x, int n, double p)
    {
        double log = Enumerable.Range(1, x).Sum(i => Math.Log((double)(n - x + i) / i)) + x * Math.Log(p) + (n - x) * Math.Log(1 - p);
        return Math.Exp(log);
    }
}
