using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class AllActionGradientTests
{
    private static readonly double[] Weights = [0.3, -0.7, 1.1];

    [Fact]
    public void It_is_the_derivative_of_the_policys_expected_reward()
    {
        var random = new Random(4);
        for (int round = 0; round < 20; round++)
        {
            SelectorArms arms = Decisions.Draw(random);
            double[] rewards = [.. Enumerable.Range(0, 3).Select(_ => random.NextDouble() * 2 - 1)];
            double Value(double[] weights) => new SelectorPolicy([.. weights], 0.2, 0.7).Propensities(arms).Zip(rewards, (share, reward) => share * reward).Sum();

            double[] gradient = new double[3];
            AllActionGradient.Add(new([.. Weights], 0.2, 0.7), arms, rewards, gradient);

            for (int i = 0; i < 3; i++)
            {
                gradient[i].Should().BeApproximately(CentralDifference(Value, i), 1e-9);
            }
        }
    }

    [Fact]
    public void Over_all_choices_and_rewards_the_doubly_robust_gradient_is_the_true_one_however_wrong_the_reward_model()
    {
        SelectorArms arms = Decisions.Arms([1, 0, 0], [1, 0.8, 0.1], [1, 0.2, 0.9]);
        var policy = new SelectorPolicy([.. Weights]);
        SelectorPolicy logging = Decisions.Policy(0, -1, 1);
        var wrong = new SelectorRewardModel([3, -5, 2], new double[9]);

        double[] expected = new double[3];
        AllActionGradient.Add(policy, arms, [.. Enumerable.Range(0, 3).Select(arm => Decisions.SuccessOf(arms[arm]))], expected);
        double[] enumerated = new double[3];
        double[] propensities = [.. logging.Propensities(arms)];
        for (int arm = 0; arm < 3; arm++)
        {
            double success = Decisions.SuccessOf(arms[arm]);
            foreach ((double probability, int score) in new[] { (success, 1), (1 - success, 0) })
            {
                var decision = new SelectorDecision("e", "t", 2, arms, new(arm, [.. propensities]), 0, score);
                double[] gradient = new double[3];
                AllActionGradient.Add(policy, arms, wrong.DoublyRobust(decision), gradient);
                ShortVector.Add(enumerated, propensities[arm] * probability, gradient);
            }
        }

        enumerated.Should().Equal(expected, (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void The_same_added_to_all_rewards_changes_nothing()
    {
        SelectorArms arms = Decisions.Draw(new(1));
        double[] gradient = new double[3];
        double[] shifted = new double[3];

        AllActionGradient.Add(Decisions.Policy(Weights), arms, [0.1, 0.7, -0.4], gradient);
        AllActionGradient.Add(Decisions.Policy(Weights), arms, [10.1, 10.7, 9.6], shifted);

        shifted.Should().Equal(gradient, (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void Many_arms_are_no_different()
    {
        double[][] features = [.. Enumerable.Range(0, 100).Select(arm => new[] { arm / 100.0 })];
        double[] gradient = new double[1];

        AllActionGradient.Add(SelectorPolicy.Uniform(1, 0.1), Decisions.Arms(features), [.. features.Select(arm => arm[0])], gradient);

        gradient[0].Should().BeApproximately(0.9 * Enumerable.Range(0, 100).Average(arm => Math.Pow(arm / 100.0 - 0.495, 2)), 1e-12);
    }

    private static double CentralDifference(Func<double[], double> value, int at)
    {
        const double Step = 1e-5;
        double[] up = [.. Weights];
        double[] down = [.. Weights];
        up[at] += Step;
        down[at] -= Step;
        return (value(up) - value(down)) / (2 * Step);
    }
}
