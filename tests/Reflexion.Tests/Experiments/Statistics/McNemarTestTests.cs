using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class McNemarTestTests(ITestOutputHelper output)
{
    [Fact]
    public void The_published_example_has_its_published_values()
    {
        // Fagerland, Lydersen and Laake 2013, table 5: 1 and 7 discordant pairs, exact p = 0.070, mid-p = 0.039.
        var test = McNemarTest.Of(1, 7);

        test.ExactP.Should().BeApproximately(0.0703125, 1e-15);
        test.MidP.Should().BeApproximately(0.0390625, 1e-15);
    }

    // Computed with exact fractions.
    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(0, 5, 0.0625, 0.03125)]
    [InlineData(3, 3, 1, 0.84375)]
    [InlineData(10, 25, 0.01667384780012071, 0.011330984183587134)]
    [InlineData(400, 500, 0.0009564441369189461, 0.0008541955361977179)]
    [InlineData(4000, 4300, 0.001029736761268161, 0.0009910510852072876)]
    public void Values_are_exact_and_the_sides_do_not_matter(int onlyFirst, int onlySecond, double exact, double mid)
    {
        McNemarTest.Of(onlyFirst, onlySecond).ExactP.Should().BeApproximately(exact, 3e-11 * exact);
        McNemarTest.Of(onlyFirst, onlySecond).MidP.Should().BeApproximately(mid, 3e-11 * mid);
        McNemarTest.Of(onlySecond, onlyFirst).Should().Be(McNemarTest.Of(onlyFirst, onlySecond));
    }

    // Computed by going through all signs.
    [Theory]
    [InlineData(new[] { 2, 1, -1, 3, 0 }, 0.375, 0.25)]
    [InlineData(new[] { 3, 3, 2, -1, 1, 2 }, 0.09375, 0.0625)]
    [InlineData(new[] { 1, -1 }, 1, 0.75)]
    [InlineData(new int[0], 1, 1)]
    [InlineData(new[] { 0, 0 }, 1, 1)]
    public void Groups_have_the_exact_values_of_the_sign_test(int[] differences, double exact, double mid)
    {
        var test = McNemarTest.OfGroups(differences);

        test.ExactP.Should().BeApproximately(exact, 1e-14);
        test.MidP.Should().BeApproximately(mid, 1e-14);
    }

    [Fact]
    public void Groups_of_one_pair_give_McNemars_test() => Prop.ForAll(Gen.Choose(0, 60).Two().ToArbitrary(), counts =>
    {
        (int first, int second) = counts;
        var grouped = McNemarTest.OfGroups([.. Enumerable.Repeat(1, first), .. Enumerable.Repeat(-1, second)]);
        var single = McNemarTest.Of(first, second);
        grouped.ExactP.Should().BeApproximately(single.ExactP, 1e-12);
        grouped.MidP.Should().BeApproximately(single.MidP, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_exact_test_rejects_arms_that_are_alike_in_at_most_5_percent_and_mid_p_hardly_more()
    {
        var exact = new List<double>();
        var mid = new List<double>();
        for (int pairs = 1; pairs <= 120; pairs++)
        {
            exact.Add(Rejections(pairs, test => test.ExactP));
            mid.Add(Rejections(pairs, test => test.MidP));
        }

        output.WriteLine($"type I error at 5 %, exactly, for 1 to 120 discordant pairs: exact test at most {exact.Max():0.0000} (mean {exact.Average():0.0000}), mid-p at most {mid.Max():0.0000} (mean {mid.Average():0.0000})");
        exact.Max().Should().BeLessThanOrEqualTo(0.05);
        mid.Average().Should().BeInRange(0.035, 0.052);
        mid.Max().Should().BeLessThan(0.08);
    }

    [Fact]
    public void Several_seeds_a_task_do_not_inflate_the_error()
    {
        var random = new Random(5);
        const int Simulations = 2_000;
        int grouped = 0;
        int naive = 0;
        for (int simulation = 0; simulation < Simulations; simulation++)
        {
            // Arms are alike on the whole, yet each task suits one of them with all of its four seeds.
            int[] differences = [.. Enumerable.Range(0, 60).Select(_ => random.Next(3) == 0 ? 0 : random.Next(2) == 0 ? 4 : -4)];
            grouped += McNemarTest.OfGroups(differences).ExactP <= 0.05 ? 1 : 0;
            naive += McNemarTest.Of(differences.Where(d => d > 0).Sum(), -differences.Where(d => d < 0).Sum()).ExactP <= 0.05 ? 1 : 0;
        }

        output.WriteLine($"rejected of {Simulations} with arms alike: by groups {grouped}, taking seeds for independent {naive}");
        ((double)grouped / Simulations).Should().BeLessThanOrEqualTo(0.06);
        ((double)naive / Simulations).Should().BeGreaterThan(0.2);
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        FluentActions.Invoking(() => McNemarTest.Of(-1, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => McNemarTest.Of(0, -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double Rejections(int pairs, Func<McNemarTest, double> p) => Enumerable.Range(0, pairs + 1)
        .Where(first => p(McNemarTest.Of(first, pairs - first)) <= 0.05).Sum(first => FairCoin.Probability(first, pairs));
}
