using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorPolicyTests
{
    [Fact]
    public void Propensities_mix_the_softmax_of_the_scores_with_the_uniform_share()
    {
        var policy = new SelectorPolicy([2, -1], exploration: 0.3, temperature: 0.5);
        SelectorArms arms = Decisions.Arms([0, 0], [0.5, 0.25], [0, 1]);

        double[] powers = [1, Math.Exp(0.75 / 0.5), Math.Exp(-1 / 0.5)];
        double[] expected = [.. powers.Select(power => 0.7 * power / powers.Sum() + 0.1)];

        policy.Propensities(arms).Should().Equal(expected, (one, other) => Math.Abs(one - other) < 1e-15);
    }

    [Fact]
    public void Propensities_sum_to_one_and_none_is_below_the_uniform_share_of_exploration()
    {
        Gen<(int Seed, int Count, double Exploration, double Scale)> cases =
            from seed in Gen.Choose(0, int.MaxValue)
            from count in Gen.Choose(1, 20)
            from exploration in Gen.Choose(1, 100)
            from scale in Gen.Elements(0.1, 1, 30, 1000)
            select (seed, count, exploration / 100.0, scale);
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var random = new Random(each.Seed);
            double[] Vector() => [.. Enumerable.Range(0, 4).Select(_ => (random.NextDouble() - 0.5) * each.Scale)];
            var policy = new SelectorPolicy([.. Vector()], each.Exploration);
            double[] shares = [.. policy.Propensities(Decisions.Arms([.. Enumerable.Range(0, each.Count).Select(_ => Vector())]))];
            return Math.Abs(shares.Sum() - 1) < 1e-12 && shares.All(share => share >= each.Exploration / each.Count * (1 - 1e-12));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2499, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.4999, 1)]
    [InlineData(0.75, 3)]
    [InlineData(0.9999999999999999, 3)]
    public void A_draw_falls_to_the_arm_on_whose_stretch_it_lies(double draw, int arm) =>
        SelectorPolicy.Uniform(1).Choose(Decisions.Arms([1], [2], [3], [4]), draw).Arm.Should().Be(arm);

    [Fact]
    public void Arms_are_drawn_as_often_as_their_propensities_say()
    {
        SelectorPolicy policy = Decisions.Policy(1, 2, -1);
        SelectorArms arms = Decisions.Arms([1, 0, 0], [1, 1, 0], [1, 0, 1]);
        const int Draws = 20_000;
        int[] counts = new int[3];
        for (int i = 0; i < Draws; i++)
        {
            counts[policy.Choose(arms, StableDraw.Of(7, "episode", i)).Arm]++;
        }

        double[] shares = [.. policy.Propensities(arms)];
        for (int arm = 0; arm < shares.Length; arm++)
        {
            double error = Math.Sqrt(shares[arm] * (1 - shares[arm]) / Draws);
            ((double)counts[arm] / Draws).Should().BeApproximately(shares[arm], 4 * error);
        }
    }

    [Fact]
    public void Features_that_all_arms_share_do_not_matter()
    {
        SelectorArms arms = Decisions.Arms([1, 0], [1, 1]);

        Decisions.Policy(500, 1).Propensities(arms).Should().Equal(Decisions.Policy(-3, 1).Propensities(arms), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void A_policy_that_knows_nothing_chooses_uniformly() =>
        SelectorPolicy.Uniform(2).Propensities(Decisions.Arms([1, 0], [4, 2], [0, 3], [1, 1])).Should().AllSatisfy(share => share.Should().Be(0.25));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.01, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.1, 0)]
    [InlineData(0.1, double.PositiveInfinity)]
    [InlineData(0.1, double.NaN)]
    public void Exploration_and_temperature_out_of_range_are_refused(double exploration, double temperature) =>
        FluentActions.Invoking(() => new SelectorPolicy([1], exploration, temperature)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Other_bad_arguments_are_refused()
    {
        FluentActions.Invoking(() => new SelectorPolicy([])).Should().Throw<ArgumentException>().WithMessage("*at least one*");
        FluentActions.Invoking(() => new SelectorPolicy([double.NaN])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SelectorPolicy.Uniform(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Decisions.Policy(1, 2).Propensities(Decisions.Arms([1]))).Should().Throw<ArgumentException>().WithMessage("*1 features*2 weights*");
        FluentActions.Invoking(() => Decisions.Policy(1).Choose(Decisions.Arms([1]), 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Decisions.Policy(1).Choose(Decisions.Arms([1]), double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Decisions.Policy(1).Propensities(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Decisions.Arms()).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Decisions.Arms([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Decisions.Arms([1], [1, 2])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Decisions.Arms([1], [double.NaN])).Should().Throw<ArgumentException>();
    }
}
