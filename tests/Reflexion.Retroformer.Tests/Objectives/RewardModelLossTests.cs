using Reflexion.Retroformer;
using static Reflexion.Tests.Refusal;

namespace Reflexion.Tests;

public sealed class RewardModelLossTests
{
    [Fact]
    public void A_pair_costs_the_log_odds_of_its_order_and_parts_by_the_doubt()
    {
        (float[] up, float[] down) = (new float[3], new float[3]);
        PairLossReport report = RewardModelLoss.Pairwise([1, 0, 0.5f], [0, 1, 0.5f], 0.5, up, down);
        report.Loss.Should().BeApproximately(0.5 * (Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.E) + Math.Log(2)), 1e-12);
        up.Should().Equal((float)(-0.5 / (1 + Math.E)), (float)(-0.5 / (1 + Math.Exp(-1))), -0.25f);
        down.Should().Equal(up.Select(gradient => -gradient));
        (report.Pairs, report.Correct, report.Accuracy, report.MeanMargin).Should().Be((3, 1.5, 0.5, 0));
    }

    [Fact]
    public void Rewards_far_apart_cost_what_they_are_apart_or_nothing()
    {
        float[] gradients = new float[1];
        RewardModelLoss.Pairwise([-1_000], [1_000], 1, gradients, new float[1]).Loss.Should().Be(2_000);
        gradients[0].Should().Be(-1);
        RewardModelLoss.Pairwise([1_000], [-1_000], 1, gradients, new float[1]).Loss.Should().Be(0);
        gradients[0].Should().Be(-1);
    }

    [Fact]
    public void A_number_added_to_all_rewards_changes_nothing()
    {
        float[] plain = new float[2];
        float[] shifted = new float[2];
        RewardModelLoss.Pairwise([1, 2], [3, 0], 1, plain, new float[2]).Should().Be(RewardModelLoss.Pairwise([101, 102], [103, 100], 1, shifted, new float[2]));
        shifted.Should().Equal(plain);
    }

    [Fact]
    public void Reports_of_parts_sum_up()
    {
        PairLossReport sum = new PairLossReport(1, 2, 1.5, 3) + new PairLossReport(0.5, 2, 0.5, -1);
        sum.Should().Be(new PairLossReport(1.5, 4, 2, 2));
        (sum.Accuracy, sum.MeanMargin).Should().Be((0.5, 0.5));
        (default(PairLossReport).Accuracy, default(PairLossReport).MeanMargin).Should().Be((0, 0));
    }

    [Fact]
    public void Regression_costs_half_the_squared_error()
    {
        float[] gradients = new float[2];
        ValueLossReport report = RewardModelLoss.Regression([0.5f, 1], [0, 1], 0.5, gradients);
        report.Loss.Should().Be(0.0625);
        gradients.Should().Equal(0.25f, 0);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses(() => RewardModelLoss.Pairwise([float.NaN], [1], 1, new float[1], new float[1]), "There is * in preferred, where only finite numbers belong*");
        Refuses(() => RewardModelLoss.Pairwise([1], [float.NaN], 1, new float[1], new float[1]), "There is * in rejected, where only finite numbers belong*");
        Refuses(() => RewardModelLoss.Pairwise([1], [1, 2], 1, new float[1], new float[1]), "*in rejected*");
        Refuses(() => RewardModelLoss.Pairwise([1], [1], 1, [], new float[1]), "*in preferredGradients*");
        Refuses(() => RewardModelLoss.Pairwise([1], [1], 1, new float[1], []), "*in rejectedGradients*");
        Refuses(() => RewardModelLoss.Pairwise([1], [1], -1, new float[1], new float[1]), "scale is*");
        Refuses(() => RewardModelLoss.Regression([float.NaN], [1], 1, new float[1]), "There is NaN in predicted, where only finite numbers belong*");
        Refuses(() => RewardModelLoss.Regression([1], [double.NaN], 1, new float[1]), "There is NaN in targets, where only finite numbers belong*");
        Refuses(() => RewardModelLoss.Regression([1], [1, 2], 1, new float[1]), "*in targets*");
    }
}
