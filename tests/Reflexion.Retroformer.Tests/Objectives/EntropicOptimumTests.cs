using Reflexion.Retroformer;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Where training ends that is held near a reference, and that rewards which say nothing teach nothing.</summary>
public sealed class EntropicOptimumTests(ITestOutputHelper output)
{
    private const double Beta = 0.4;
    private static readonly double[] Rewards = [0.3, -0.4, 0.9, 0, 0.5, -0.2, 1, -0.7, 0.1];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sampled_leave_one_out_with_k1_in_the_reward_ends_at_the_reference_tilted_by_the_reward(int length)
    {
        TabularPolicy reference = TabularPolicy.Random(length, 5);
        TabularPolicy policy = TabularPolicy.Random(length, 6);
        double before = policy.TotalVariation(Tilted(reference));
        var random = new Random(7);
        for (int step = 0; step < 3_000; step++)
        {
            double[] gradient = new double[policy.Logits.Length];
            Group(policy, [.. Draw(policy, random, 8)], response => KullbackLeibler.PenalizedReward(
                Rewards[policy.Index(response)], policy.LogProbs(response), reference.LogProbs(response), Beta), gradient);
            policy = Descend(policy, gradient, 1);
        }

        double after = policy.TotalVariation(Tilted(reference));
        output.WriteLine($"{length} tokens: total variation {before:F3} before, {after:E1} after");
        before.Should().BeGreaterThan(0.1);
        after.Should().BeLessThan(0.01);
    }

    [Fact]
    public void Weighted_k3_in_the_loss_ends_at_the_reference_tilted_by_the_reward()
    {
        TabularPolicy reference = TabularPolicy.Random(1, 5);
        TabularPolicy policy = Trained((policy, response, scale, gradients) =>
            KullbackLeibler.WeightedK3(policy.LogProbs(response), policy.LogProbs(response), reference.LogProbs(response), Beta, scale, gradients));
        policy.TotalVariation(Tilted(reference)).Should().BeLessThan(1e-4);
    }

    [Fact]
    public void Plain_k3_in_the_loss_ends_at_an_optimum_of_its_own_as_documented()
    {
        TabularPolicy reference = TabularPolicy.Random(1, 5);
        TabularPolicy policy = Trained((policy, response, scale, gradients) =>
            KullbackLeibler.K3(policy.LogProbs(response), reference.LogProbs(response), Beta, scale, gradients));
        policy.TotalVariation(Divided(reference)).Should().BeLessThan(1e-4);
        policy.TotalVariation(Tilted(reference)).Should().BeGreaterThan(0.01, "the two optima differ");
    }

    [Fact]
    public void Shuffled_rewards_teach_nothing()
    {
        double[] learnt = [.. Enumerable.Range(1, 20).Select(seed => Gain(seed, isShuffled: false))];
        double[] control = [.. Enumerable.Range(1, 20).Select(seed => Gain(seed, isShuffled: true))];
        double mean = control.Average();
        double error = Math.Sqrt(control.Sum(gain => (gain - mean) * (gain - mean)) / 19 / 20);
        output.WriteLine($"gain in mean reward over 20 seeds: {learnt.Average():F3} (least {learnt.Min():F3}), with shuffled rewards {mean:F3} ± {error:F3}");
        learnt.Min().Should().BeGreaterThan(0.2);
        mean.Should().BeLessThan(2 * error);
        mean.Should().BeLessThan(0.1 * learnt.Average());
    }

    private static double[] Tilted(TabularPolicy reference)
    {
        double[] weights = [.. reference.Responses.Select((response, i) => reference.Probability(response) * Math.Exp(Rewards[i] / Beta))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>reference·β/(λ − r), with λ found by bisection.</summary>
    private static double[] Divided(TabularPolicy reference)
    {
        double[] Of(double lambda) => [.. reference.Responses.Select((response, i) => reference.Probability(response) * Beta / (lambda - Rewards[i]))];
        (double low, double high) = (Rewards.Take(3).Max(), Rewards.Take(3).Max() + Beta);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Of(middle).Sum() > 1 ? (middle, high) : (low, middle);
        }

        return Of(high);
    }

    /// <summary>Follows the exact mean gradient: every response counts by its probability.</summary>
    private static TabularPolicy Trained(Action<TabularPolicy, int[], double, float[]> penalty)
    {
        TabularPolicy policy = TabularPolicy.Random(1, 6);
        for (int step = 0; step < 1_500; step++)
        {
            double[] gradient = new double[policy.Logits.Length];
            double mean = policy.Mean(response => Rewards[response[0]]);
            foreach (int[] response in policy.Responses)
            {
                float[] gradients = new float[1];
                PolicyLoss.PolicyGradient(policy.LogProbs(response), policy.LogProbs(response), Rewards[response[0]] - mean, policy.Probability(response), gradients);
                penalty(policy, response, policy.Probability(response), gradients);
                policy.Backward(response, gradients, gradient);
            }

            policy = Descend(policy, gradient, 1);
        }

        return policy;
    }

    /// <summary>How much the true mean reward grows; shuffled, each group is paid what the next one earned.</summary>
    private static double Gain(int seed, bool isShuffled)
    {
        TabularPolicy policy = TabularPolicy.Random(2, seed);
        double before = policy.Mean(response => Rewards[policy.Index(response)]);
        var random = new Random(seed);
        for (int step = 0; step < 50; step++)
        {
            double[] gradient = new double[policy.Logits.Length];
            int[][][] groups = [.. Enumerable.Range(0, 8).Select(_ => Draw(policy, random, 4).ToArray())];
            for (int g = 0; g < groups.Length; g++)
            {
                int[][] paid = isShuffled ? groups[(g + 1) % groups.Length] : groups[g];
                int next = 0;
                Group(policy, groups[g], _ => Rewards[policy.Index(paid[next++])], gradient);
            }

            policy = Descend(policy, gradient, 0.3 / groups.Length);
        }

        return policy.Mean(response => Rewards[policy.Index(response)]) - before;
    }

    private static IEnumerable<int[]> Draw(TabularPolicy policy, Random random, int count) => Enumerable.Range(0, count).Select(_ => policy.Sample(random));

    private static void Group(TabularPolicy policy, int[][] group, Func<int[], double> reward, double[] gradient)
    {
        double[] advantages = [.. group.Select(reward)];
        Advantages.LeaveOneOut(advantages, advantages);
        for (int i = 0; i < group.Length; i++)
        {
            float[] gradients = new float[policy.Length];
            PolicyLoss.PolicyGradient(policy.LogProbs(group[i]), policy.LogProbs(group[i]), advantages[i], 1.0 / group.Length, gradients);
            policy.Backward(group[i], gradients, gradient);
        }
    }

    private static TabularPolicy Descend(TabularPolicy policy, double[] gradient, double rate) =>
        policy.With([.. policy.Logits.Zip(gradient, (logit, slope) => logit - (rate * slope))]);
}
