using Reflexion.Retroformer;
using static Reflexion.Tests.Refusal;

namespace Reflexion.Tests;

public sealed class KullbackLeiblerTests
{
    private static readonly float[] Policy = [-0.5f, -1, -2];
    private static readonly float[] Reference = [-0.5f, -2, -1.5f];

    [Fact]
    public void K1_is_the_log_ratio_of_the_response() => KullbackLeibler.K1(Policy, Reference).Should().Be(0.5);

    [Fact]
    public void K1_is_taken_off_the_reward() => KullbackLeibler.PenalizedReward(1, Policy, Reference, 0.5).Should().Be(0.75);

    [Fact]
    public void Token_by_token_the_reward_itself_comes_with_the_last()
    {
        double[] rewards = new double[3];
        KullbackLeibler.TokenRewards(1, Policy, Reference, 0.5, rewards);
        rewards.Should().Equal(0, -0.5, 1.25);
        rewards.Sum().Should().Be(KullbackLeibler.PenalizedReward(1, Policy, Reference, 0.5));
    }

    [Fact]
    public void K3_is_never_below_zero_and_pulls_towards_the_reference()
    {
        float[] gradients = new float[3];
        LossTerm term = KullbackLeibler.K3(Policy, Reference, 0.5, 0.25, gradients);
        term.Total.Should().BeApproximately(Math.Exp(-1) + Math.Exp(0.5) - 1.5, 1e-12);
        (term.Loss, term.Count).Should().Be((0.125 * term.Total, 3));
        gradients.Should().Equal(0, (float)(0.125 * (1 - Math.Exp(-1))), (float)(0.125 * (1 - Math.Exp(0.5))));
    }

    [Fact]
    public void Weighted_k3_pulls_by_the_weighted_log_ratio()
    {
        float[] gradients = new float[3];
        LossTerm term = KullbackLeibler.WeightedK3(Policy, [-0.5f, -1, -3], Reference, 0.5, 0.25, gradients);
        term.Total.Should().BeApproximately(Math.Exp(-1) + (Math.E * (Math.Exp(0.5) - 1.5)), 1e-12);
        term.Loss.Should().Be(0.125 * term.Total);
        gradients.Should().Equal(0, 0.125f, (float)(-0.0625 * Math.E));
    }

    [Fact]
    public void A_policy_that_is_the_reference_pays_nothing()
    {
        float[] gradients = new float[3];
        KullbackLeibler.K1(Policy, Policy).Should().Be(0);
        KullbackLeibler.K3(Policy, Policy, 1, 1, gradients).Should().Be(new LossTerm(0, 0, 3));
        KullbackLeibler.WeightedK3(Policy, Policy, Policy, 1, 1, gradients).Should().Be(new LossTerm(0, 0, 3));
        gradients.Should().Equal(0, 0, 0);
    }

    [Fact]
    public void At_a_coefficient_of_zero_the_divergence_is_only_measured()
    {
        float[] gradients = new float[3];
        LossTerm term = KullbackLeibler.K3(Policy, Reference, 0, 1, gradients);
        (term.Loss, term.Mean > 0).Should().Be((0, true));
        gradients.Should().Equal(0, 0, 0);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses(() => KullbackLeibler.K1([-1], [-1, -2]), "*in reference*");
        Refuses(() => KullbackLeibler.PenalizedReward(double.NaN, [-1], [-1], 1), "There is * in reward, where only finite numbers belong*");
        Refuses(() => KullbackLeibler.PenalizedReward(1, [-1], [-1], -0.1), "coefficient is*");
        Refuses(() => KullbackLeibler.TokenRewards(double.NaN, [-1], [-1], 1, new double[1]), "There is * in reward, where only finite numbers belong*");
        Refuses(() => KullbackLeibler.TokenRewards(1, [], [], 1, []), "*needs a token*");
        Refuses(() => KullbackLeibler.TokenRewards(1, [-1], [-1], double.NaN, new double[1]), "coefficient is*");
        Refuses(() => KullbackLeibler.TokenRewards(1, [-1], [-1], 1, new double[2]), "*in rewards*");
        Refuses(() => KullbackLeibler.TokenRewards(1, [-1], [1], 1, new double[1]), "*at most 0, not 1*reference*");
        Refuses(() => KullbackLeibler.K3([-1], [-1], -1, 1, new float[1]), "coefficient is*");
        Refuses(() => KullbackLeibler.K3([-1], [-1], 1, 0, new float[1]), "scale is*");
        Refuses(() => KullbackLeibler.K3([-1], [-1], 1, 1, []), "*in gradients*");
        Refuses(() => KullbackLeibler.WeightedK3([-1], [-1, -1], [-1], 1, 1, new float[1]), "*in sampled*");
        Refuses(() => KullbackLeibler.WeightedK3([-1], [-1], [-1, -1], 1, 1, new float[1]), "*in reference*");
    }
}
