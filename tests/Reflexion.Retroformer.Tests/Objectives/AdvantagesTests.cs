using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;
using static Reflexion.Tests.Refusal;

namespace Reflexion.Tests;

public sealed class AdvantagesTests
{
    private static readonly Arbitrary<double[]> Groups = Gen.Choose(-40, 40).Select(number => number / 8.0).ArrayOf(5).ToArbitrary();

    [Fact]
    public void Leave_one_out_compares_with_the_mean_of_the_others()
    {
        double[] advantages = new double[3];
        GroupStatistics group = Advantages.LeaveOneOut([1, 0, 0.5], advantages);
        advantages.Should().Equal(0.75, -0.75, 0);
        group.Should().Be(new GroupStatistics(3, 0.5, 0.5, true));
    }

    [Fact]
    public void Group_relative_compares_with_the_mean_of_all_in_units_of_the_deviation_or_not()
    {
        double[] plain = new double[3];
        double[] divided = new double[3];
        Advantages.GroupRelative([1, 0, 0.5], false, plain);
        Advantages.GroupRelative([1, 0, 0.5], true, divided);
        plain.Should().Equal(0.5, -0.5, 0);
        divided[0].Should().BeApproximately(0.5 / 0.5001, 1e-12);
        divided[1].Should().BeApproximately(-0.5 / 0.5001, 1e-12);
    }

    // Three times 0.1 do not have exactly 0.1 as their computed mean.
    [Fact]
    public void A_group_of_equal_rewards_says_nothing_and_says_so()
    {
        double[] rewards = [0.1, 0.1, 0.1];
        foreach (Func<double[], GroupStatistics> estimate in Estimators)
        {
            double[] advantages = [.. rewards];
            estimate(advantages).Should().Be(new GroupStatistics(3, 0.1, 0, false));
            advantages.Should().Equal(0, 0, 0);
        }
    }

    [Fact]
    public void A_number_added_to_all_rewards_changes_nothing() => Prop.ForAll(Groups, rewards =>
        Estimators.All(estimate => Same(Estimated(estimate, rewards), Estimated(estimate, [.. rewards.Select(reward => reward + 1_000)]), 1e-9))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_samples_changes_nothing() => Prop.ForAll(Groups, rewards =>
        Estimators.All(estimate => Same([.. Estimated(estimate, rewards).Reverse()], Estimated(estimate, [.. rewards.Reverse()]), 1e-12))).QuickCheckThrowOnFailure();

    [Fact]
    public void Advantages_of_a_group_sum_up_to_nothing() => Prop.ForAll(Groups, rewards =>
        Estimators.All(estimate => Math.Abs(Estimated(estimate, rewards).Sum()) < 1e-9)).QuickCheckThrowOnFailure();

    [Fact]
    public void Rewards_in_other_units_give_nearly_the_same_advantages_when_divided_by_the_deviation()
    {
        double[] small = Estimated(Estimators[2], [1, 0, 3]);
        double[] large = Estimated(Estimators[2], [100, 0, 300]);
        Same(small, large, 1e-3).Should().BeTrue();
    }

    [Fact]
    public void Generalized_advantages_discount_what_the_values_did_not_foresee()
    {
        (double[] advantages, double[] returns) = (new double[3], new double[3]);
        Advantages.Generalized([0, 0.5, 1], [0.25f, 0.5f, -1], 0.5, 0.5, advantages, returns);
        // δ = 0 + 0.25 − 0.25, 0.5 − 0.5 − 0.5, 1 + 1.
        advantages.Should().Equal(0 + (0.25 * -0.5) + (0.0625 * 2), -0.5 + (0.25 * 2), 2);
        returns.Should().Equal(0.25, 0.5, 1);
    }

    [Fact]
    public void With_lambda_1_and_without_discount_an_advantage_is_all_reward_to_come_less_the_value()
    {
        (double[] advantages, double[] returns) = (new double[3], new double[3]);
        Advantages.ActorCritic([0.25, 0, 1], [0.5f, 2, -1], 1, advantages, returns);
        returns.Should().Equal(1.25, 1, 1);
        advantages.Should().Equal(0.75, -1, 2);
    }

    [Fact]
    public void With_lambda_0_an_advantage_looks_one_token_ahead()
    {
        (double[] advantages, double[] returns) = (new double[2], new double[2]);
        Advantages.Generalized([0, 1], [0.25f, 0.75f], 1, 0, advantages, returns);
        advantages.Should().Equal(0.5, 0.25);
    }

    [Fact]
    public void Standardized_advantages_have_mean_0_and_deviation_1()
    {
        double[] advantages = [3, 1, 2];
        Advantages.Standardize(advantages).Should().Be(new GroupStatistics(3, 2, 1, true));
        Same(advantages, [1, -1, 0], 1e-7).Should().BeTrue();
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses(() => Advantages.LeaveOneOut([1], new double[1]), "*two samples or more*not 1*");
        Refuses(() => Advantages.GroupRelative([], true, []), "*two samples or more*not 0*");
        Refuses(() => Advantages.LeaveOneOut([1, double.NaN], new double[2]), "There is NaN in rewards, where only finite numbers belong*");
        Refuses(() => Advantages.LeaveOneOut([1, 2], new double[3]), "*2 tokens or samples but 3 numbers in advantages*");
        Refuses(() => Advantages.Generalized([], [], 1, 1, [], []), "*nothing in rewards*");
        Refuses(() => Advantages.Generalized([1], [float.NaN], 1, 1, new double[1], new double[1]), "There is * in values, where only finite numbers belong*");
        Refuses(() => Advantages.Generalized([1], [1, 2], 1, 1, new double[1], new double[1]), "*in values*");
        Refuses(() => Advantages.Generalized([1], [1], 1, 1, new double[2], new double[1]), "*in advantages*");
        Refuses(() => Advantages.Generalized([1], [1], 1, 1, new double[1], new double[2]), "*in returns*");
        Refuses(() => Advantages.Generalized([1], [1], 1.01, 1, new double[1], new double[1]), "discount is in [0, 1]*");
        Refuses(() => Advantages.Generalized([1], [1], 1, -0.01, new double[1], new double[1]), "lambda is in [0, 1]*");
        Refuses(() => Advantages.Standardize(new double[1]), "*two samples or more*");
    }

    private static Func<double[], GroupStatistics>[] Estimators { get; } =
    [
        rewards => Advantages.LeaveOneOut(rewards, rewards),
        rewards => Advantages.GroupRelative(rewards, false, rewards),
        rewards => Advantages.GroupRelative(rewards, true, rewards),
    ];

    private static double[] Estimated(Func<double[], GroupStatistics> estimate, double[] rewards)
    {
        double[] advantages = [.. rewards];
        estimate(advantages);
        return advantages;
    }

    private static bool Same(double[] left, double[] right, double tolerance) => left.Zip(right, (a, b) => Math.Abs(a - b)).All(difference => difference <= tolerance);
}
