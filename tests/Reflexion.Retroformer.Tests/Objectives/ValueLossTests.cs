using Reflexion.Retroformer;
using static Reflexion.Tests.Refusal;

namespace Reflexion.Tests;

public sealed class ValueLossTests
{
    [Fact]
    public void The_value_loss_is_half_the_squared_error()
    {
        float[] gradients = [1, 0];
        ValueLossReport report = ValueLoss.Squared([1, 0.5f], [0, 1], 0.5, 0.5, gradients);
        report.Loss.Should().Be(0.5 * 0.5 * 0.5 * 1.25);
        gradients.Should().Equal(1.25f, -0.125f);
        (report.Tokens, report.ClippedTokens, report.MeanSquaredError, report.ClipFraction).Should().Be((2, 0, 0.625, 0));
    }

    [Theory]
    [InlineData(0.5, 0, 1, 0.32, 0, 1)]
    [InlineData(0.5, 0, -1, 1.125, 1.5, 0)]
    [InlineData(0.125, 0, 1, 0.3828125, -0.875, 0)]
    [InlineData(-0.5, 0, -1, 0.32, 0, 1)]
    public void A_value_that_has_moved_far_enough_towards_the_return_moves_no_further(float value, float sampled, double expected, double loss, double gradient, int clipped)
    {
        float[] gradients = new float[1];
        ValueLossReport report = ValueLoss.Clipped([value], [sampled], [expected], 1, 1, gradients);
        report.Loss.Should().BeApproximately(loss, 1e-12);
        ((double)gradients[0]).Should().BeApproximately(gradient, 1e-6);
        (report.ClippedTokens, report.ClipFraction).Should().Be((clipped, clipped));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0.5, 0.5, 0)]
    [InlineData(7, 8, 1)]
    [InlineData(1, 0, -3)]
    [InlineData(0, 0.5, 0.75)]
    public void Explained_variance_is_1_of_perfect_values_but_for_a_constant_and_0_of_constant_ones(float first, float second, double expected) =>
        ValueLoss.Squared([first, second], [0, 1], 1, 1, new float[2]).ExplainedVariance.Should().BeApproximately(expected, 1e-12);

    [Fact]
    public void Of_equal_returns_nothing_is_explained()
    {
        ValueLoss.Squared([1, 2, 3], [0.1, 0.1, 0.1], 1, 1, new float[3]).ExplainedVariance.Should().Be(0);
        ValueLossReport none = default;
        (none.ExplainedVariance, none.MeanSquaredError, none.ClipFraction).Should().Be((0, 0, 0));
    }

    [Fact]
    public void Reports_of_parts_sum_up_to_that_of_the_whole()
    {
        float[] values = [1, 0.5f, -1, 2];
        float[] sampled = [0.5f, 0.5f, -0.5f, 1];
        double[] returns = [0, 1, -2, 4];
        ValueLossReport whole = ValueLoss.Clipped(values, sampled, returns, 0.5, 0.25, new float[4]);
        ValueLossReport parts = ValueLoss.Clipped(values.AsSpan(..1), sampled.AsSpan(..1), returns.AsSpan(..1), 0.5, 0.25, new float[1])
            + ValueLoss.Clipped(values.AsSpan(1..), sampled.AsSpan(1..), returns.AsSpan(1..), 0.5, 0.25, new float[3]);
        parts.Loss.Should().BeApproximately(whole.Loss, 1e-12);
        (parts with { Loss = 0 }).Should().Be(whole with { Loss = 0 });
        whole.ClippedTokens.Should().Be(2);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses(() => ValueLoss.Squared([float.NaN], [1], 1, 1, new float[1]), "There is * in values, where only finite numbers belong*");
        Refuses(() => ValueLoss.Squared([1], [double.NaN], 1, 1, new float[1]), "There is * in returns, where only finite numbers belong*");
        Refuses(() => ValueLoss.Squared([1], [1, 2], 1, 1, new float[1]), "*in returns*");
        Refuses(() => ValueLoss.Squared([1], [1], -1, 1, new float[1]), "coefficient is*");
        Refuses(() => ValueLoss.Squared([1], [1], 1, 0, new float[1]), "scale is*");
        Refuses(() => ValueLoss.Squared([1], [1], 1, 1, []), "*in gradients*");
        Refuses(() => ValueLoss.Clipped([1], [float.NaN], [1], 1, 1, new float[1]), "There is * in sampled, where only finite numbers belong*");
        Refuses(() => ValueLoss.Clipped([1], [], [1], 1, 1, new float[1]), "*in sampled*");
        Refuses(() => ValueLoss.Clipped([1], [1], [1], 1, 1, new float[1], 0), "clip is a finite number above 0*");
    }
}
