using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;
using static Reflexion.Tests.Refusal;

namespace Reflexion.Tests;

public sealed class PolicyLossTests
{
    private static readonly float[] Now = [-0.5f, -1, -2, -0.25f];
    private static readonly float[] Before = [-0.5f, -2, -1, -0.5f];

    [Fact]
    public void Likelihood_is_the_mean_of_negative_log_probabilities()
    {
        float[] gradients = new float[4];
        LossTerm term = PolicyLoss.Likelihood(Now, 0.25, gradients);
        (term.Loss, term.Total, term.Count, term.Mean).Should().Be((0.9375, 3.75, 4, 0.9375));
        gradients.Should().AllBeEquivalentTo(-0.25f);
    }

    [Fact]
    public void A_policy_gradient_is_the_negative_advantage_on_every_token()
    {
        float[] gradients = new float[4];
        PolicyLossReport report = PolicyLoss.PolicyGradient(Now, Before, 2, 0.25, gradients);
        gradients.Should().AllBeEquivalentTo(-0.5f);
        report.Loss.Should().Be(1.875);
        (report.Tokens, report.ClippedTokens, report.MeanWeight, report.EffectiveShare).Should().Be((4, 0, 1, 1));
        report.MeanRatio.Should().BeApproximately((1 + Math.E + (1 / Math.E) + Math.Exp(0.25)) / 4, 1e-9);
        report.MeanDivergence.Should().BeApproximately((Math.E - 2 + (1 / Math.E) + Math.Exp(0.25) - 1.25) / 4, 1e-9);
    }

    [Fact]
    public void Stale_tokens_weigh_their_ratio_up_to_the_limit()
    {
        float[] gradients = new float[4];
        PolicyLossReport report = PolicyLoss.PolicyGradient(Now, Before, [1, 2, -3, 4], 1, gradients, ImportanceWeighting.Token);
        gradients.Should().Equal(-1, -4, (float)(3 / Math.E), (float)(-4 * Math.Exp(0.25)));
        report.ClippedTokens.Should().Be(1);
        report.ClipFraction.Should().Be(0.25);
        double[] weights = [1, 2, 1 / Math.E, Math.Exp(0.25)];
        report.MeanWeight.Should().BeApproximately(weights.Average(), 1e-9);
        report.EffectiveShare.Should().BeApproximately(Math.Pow(weights.Sum(), 2) / 4 / weights.Sum(weight => weight * weight), 1e-9);
    }

    [Fact]
    public void A_stale_response_weighs_the_ratio_of_all_its_tokens_up_to_the_limit()
    {
        float[] gradients = new float[4];
        PolicyLoss.PolicyGradient(Now, Before, 1, 1, gradients, ImportanceWeighting.Sequence).ClippedTokens.Should().Be(0);
        gradients.Should().AllBeEquivalentTo((float)-Math.Exp(0.25));
        Array.Clear(gradients);
        PolicyLoss.PolicyGradient(Now, Before, 1, 1, gradients, ImportanceWeighting.Sequence, 1.25).ClippedTokens.Should().Be(4);
        gradients.Should().AllBeEquivalentTo(-1.25f);
    }

    [Theory]
    [InlineData(0, 1, -1, -1, 0)]
    [InlineData(0.1, 1, -1.1051709, -1.1051709, 0)]
    [InlineData(0.5, 1, -1.2, 0, 1)]
    [InlineData(-0.5, 1, -0.6065307, -0.6065307, 0)]
    [InlineData(0.5, -1, 1.6487213, 1.6487213, 0)]
    [InlineData(-0.5, -1, 0.8, 0, 1)]
    public void Clipping_takes_the_lower_of_two(float logRatio, double advantage, double loss, double gradient, int clipped)
    {
        float[] gradients = new float[1];
        PolicyLossReport report = PolicyLoss.Clipped([logRatio - 1], [-1], advantage, 1, gradients);
        report.Loss.Should().BeApproximately(loss, 1e-6);
        ((double)gradients[0]).Should().BeApproximately(gradient, 1e-6);
        report.ClippedTokens.Should().Be(clipped);
        report.MeanWeight.Should().BeApproximately(-gradient / advantage, 1e-6);
    }

    [Fact]
    public void The_width_of_the_clip_is_configurable()
    {
        float[] gradients = new float[1];
        PolicyLoss.Clipped([-0.5f], [-1], 1, 1, gradients, 0.7).ClippedTokens.Should().Be(0);
        PolicyLoss.Clipped([-0.5f], [-1], 1, 1, gradients, 0.1).Loss.Should().BeApproximately(-1.1, 1e-9);
    }

    [Fact]
    public void The_first_step_after_sampling_has_ratio_1_and_no_clipping_and_no_divergence()
    {
        float[] clipped = new float[4];
        float[] plain = new float[4];
        foreach (PolicyLossReport report in (PolicyLossReport[])
            [PolicyLoss.Clipped(Now, Now, 3, 1, clipped), PolicyLoss.PolicyGradient(Now, Now, 3, 1, plain, ImportanceWeighting.Token)])
        {
            (report.MeanRatio, report.ClipFraction, report.MeanDivergence, report.MeanWeight, report.EffectiveShare).Should().Be((1, 0, 0, 1, 1));
        }

        clipped.Should().Equal(plain, "there all policy gradients are one");
    }

    [Fact]
    public void The_entropy_bonus_rewards_entropy()
    {
        float[] gradients = new float[2];
        PolicyLoss.EntropyBonus([1, 3], 0.5, 0.25, gradients).Should().Be(new LossTerm(-0.5, 4, 2));
        gradients.Should().Equal(-0.125f, -0.125f);
    }

    [Fact]
    public void Terms_add_their_gradients_to_what_is_there()
    {
        float[] gradients = [1, 1, 1, 1];
        PolicyLoss.Likelihood(Now, 0.25, gradients);
        PolicyLoss.PolicyGradient(Now, Now, 1, 0.25, gradients);
        PolicyLoss.Clipped(Now, Now, 1, 0.25, gradients);
        KullbackLeibler.K3(Now, Now, 1, 0.25, gradients);
        gradients.Should().AllBeEquivalentTo(0.25f);
        PolicyLoss.EntropyBonus([1, 1, 1, 1], 0.25, 1, gradients);
        gradients.Should().AllBeEquivalentTo(0f);
    }

    [Fact]
    public void Nothing_yet_has_figures_of_zero()
    {
        PolicyLossReport none = default;
        (none.ClipFraction, none.MeanRatio, none.MeanDivergence, none.MeanWeight, none.EffectiveShare).Should().Be((0, 0, 0, 0, 0));
        default(LossTerm).Mean.Should().Be(0);
        PolicyLoss.Clipped([], [], 1, 1, []).Should().Be(none);
    }

    // A batch may be cut anywhere, and its tokens may come in any order, with tokens besides that do not count.
    [Fact]
    public void Parts_order_and_padding_change_nothing() => Prop.ForAll(Tokens().ArrayOf(12).ToArbitrary(), tokens =>
    {
        (PolicyLossReport whole, float[] gradients) = Clipped(tokens);
        (PolicyLossReport first, float[] firstGradients) = Clipped(tokens[..5]);
        (PolicyLossReport second, float[] secondGradients) = Clipped(tokens[5..]);
        (PolicyLossReport reversed, float[] reversedGradients) = Clipped([.. tokens.Reverse()]);
        (PolicyLossReport padded, float[] paddedGradients) = Clipped([.. tokens, (-1, -3, 0), (-3, -1, 0)]);
        return gradients.SequenceEqual([.. firstGradients, .. secondGradients])
            && gradients.SequenceEqual(reversedGradients.Reverse())
            && paddedGradients.SequenceEqual([.. gradients, 0, 0])
            && Same(whole, first + second) && Same(whole, reversed) && Math.Abs(whole.Loss - padded.Loss) < 1e-12 && whole.ClippedTokens == padded.ClippedTokens;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Policies_far_apart_give_finite_numbers()
    {
        float[] gradients = new float[2];
        PolicyLossReport report = PolicyLoss.Clipped([-0.5f, -500], [-500, -0.5f], -1, 1, gradients);
        report += PolicyLoss.PolicyGradient([-0.5f, -0.5f], [-500, -400], -1, 1, gradients, ImportanceWeighting.Sequence, double.PositiveInfinity);
        LossTerm divergence = KullbackLeibler.K3([-500, -1], [-1, -500], 1, 1, gradients);
        gradients.Should().OnlyContain(gradient => float.IsFinite(gradient * gradient));
        double.IsFinite(report.Loss + report.MeanDivergence + divergence.Loss).Should().BeTrue();
        report.MeanRatio.Should().BeApproximately(Math.Exp(40) * 3 / 4, Math.Exp(40) * 1e-9);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses(() => PolicyLoss.Likelihood([float.NegativeInfinity], 1, new float[1]), "*logProbs*");
        Refuses(() => PolicyLoss.Likelihood([0.01f], 1, new float[1]), "A log-probability is a finite number, at most 0, not 0.01*logProbs*");
        Refuses(() => PolicyLoss.Likelihood([-1], 0, new float[1]), "scale is a finite number above 0.*");
        Refuses(() => PolicyLoss.Likelihood([-1], 1, new float[2]), "*1 tokens or samples but 2 numbers in gradients*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1, -2], 1, 1, new float[1]), "*in sampled*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [float.NaN], 1, 1, new float[1]), "*at most 0, not NaN*sampled*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], double.NaN, 1, new float[1]), "There is * in advantage, where only finite numbers belong*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], new double[2], 1, new float[1]), "*in advantages*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], [double.PositiveInfinity], 1, new float[1]), "There is * in advantages, where only finite numbers belong*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], 1, double.NaN, new float[1]), "scale is*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], 1, 1, []), "*in gradients*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], 1, 1, new float[1], (ImportanceWeighting)3), "weighting is one of*");
        Refuses(() => PolicyLoss.PolicyGradient([-1], [-1], 1, 1, new float[1], ImportanceWeighting.Token, 0), "maxWeight is above 0*");
        Refuses(() => PolicyLoss.Clipped([-1], [-1], 1, 1, new float[1], 0), "clip is in (0, 1)*");
        Refuses(() => PolicyLoss.Clipped([-1], [-1], 1, 1, new float[1], 1), "clip is in (0, 1)*");
        Refuses(() => PolicyLoss.Clipped([-1], [-1], 1, 1, new float[2]), "*in gradients*");
        Refuses(() => PolicyLoss.EntropyBonus([float.NaN], 1, 1, new float[1]), "There is * in entropies, where only finite numbers belong*");
        Refuses(() => PolicyLoss.EntropyBonus([1], -1, 1, new float[1]), "coefficient is a finite number, at least 0*");
        Refuses(() => PolicyLoss.EntropyBonus([1], 1, -1, new float[1]), "scale is*");
        Refuses(() => PolicyLoss.EntropyBonus([1], 1, 1, []), "*in gradients*");
    }

    private static Gen<(float Now, float Before, double Advantage)> Tokens() =>
        from now in Gen.Choose(-24, 0)
        from before in Gen.Choose(-24, 0)
        from advantage in Gen.Choose(-16, 16)
        select (now / 8f, before / 8f, advantage / 4.0);

    private static (PolicyLossReport Report, float[] Gradients) Clipped((float Now, float Before, double Advantage)[] tokens)
    {
        float[] gradients = new float[tokens.Length];
        PolicyLossReport report = PolicyLoss.Clipped(
            [.. tokens.Select(token => token.Now)], [.. tokens.Select(token => token.Before)], [.. tokens.Select(token => token.Advantage)], 1.0 / 12, gradients);
        return (report, gradients);
    }

    private static bool Same(PolicyLossReport left, PolicyLossReport right) =>
        left.Tokens == right.Tokens
        && left.ClippedTokens == right.ClippedTokens
        && Math.Abs(left.Loss - right.Loss) < 1e-12
        && Math.Abs(left.MeanRatio - right.MeanRatio) < 1e-12
        && Math.Abs(left.MeanDivergence - right.MeanDivergence) < 1e-12
        && Math.Abs(left.EffectiveShare - right.EffectiveShare) < 1e-12;
}
