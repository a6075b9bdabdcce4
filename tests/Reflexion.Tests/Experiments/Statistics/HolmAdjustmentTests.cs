namespace Reflexion.Tests;

public sealed class HolmAdjustmentTests
{
    [Fact]
    public void Values_are_adjusted_step_by_step_in_the_order_given()
    {
        // The four values 0.01, 0.04, 0.03, 0.005: by hand 3 × 0.01, 0.06 kept, 2 × 0.03, 4 × 0.005.
        double[] adjusted = [.. HolmAdjustment.Adjust([0.01, 0.04, 0.03, 0.005])];

        adjusted.Should().HaveCount(4);
        adjusted[0].Should().BeApproximately(0.03, 1e-15);
        adjusted[1].Should().BeApproximately(0.06, 1e-15);
        adjusted[2].Should().BeApproximately(0.06, 1e-15);
        adjusted[3].Should().BeApproximately(0.02, 1e-15);
    }

    [Fact]
    public void The_published_example_has_its_published_values()
    {
        // SAS/STAT 14.1 User's Guide, the MULTTEST procedure, example "Inputting Raw p-Values": stepdown Bonferroni, to four places.
        double[] raw =
        [
            0.28282, 0.30688, 0.71022, 0.77175, 0.78180, 0.88581, 0.54685, 0.84978, 0.24228, 0.58977, 0.03498, 0.41607,
            0.31631, 0.05254, 0.45061, 0.75758, 0.12496, 0.49485, 0.21572, 0.50505, 0.94372, 0.81260, 0.77596, 0.36889,
        ];

        double[] adjusted = [.. HolmAdjustment.Adjust(raw)];

        adjusted[10].Should().BeApproximately(0.8395, 5e-5);
        adjusted.Where((_, i) => i != 10).Should().OnlyContain(value => value == 1);
    }

    [Fact]
    public void No_value_passes_one() => HolmAdjustment.Adjust([0.5, 0.9, 0.6]).Should().Equal(1, 1, 1);

    [Fact]
    public void One_value_stays_and_none_gives_none()
    {
        HolmAdjustment.Adjust([0.02]).Should().Equal(0.02);
        HolmAdjustment.Adjust([]).Should().BeEmpty();
    }

    [Fact]
    public void The_chance_of_one_false_difference_among_ten_stays_below_the_level()
    {
        var random = new Random(3);
        int adjusted = 0;
        int plain = 0;
        for (int simulation = 0; simulation < 5_000; simulation++)
        {
            double[] values = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble())];
            adjusted += HolmAdjustment.Adjust(values).Any(p => p <= 0.05) ? 1 : 0;
            plain += values.Any(p => p <= 0.05) ? 1 : 0;
        }

        (adjusted / 5_000.0).Should().BeInRange(0.04, 0.056);
        (plain / 5_000.0).Should().BeGreaterThan(0.35);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double value) =>
        FluentActions.Invoking(() => HolmAdjustment.Adjust([0.5, value])).Should().Throw<ArgumentOutOfRangeException>();
}
