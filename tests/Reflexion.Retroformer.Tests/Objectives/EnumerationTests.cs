using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Sampled gradients of every objective beside exact ones, which are summed up over all responses without the code under test.</summary>
public sealed class EnumerationTests
{
    private static readonly double[] Rewards = [0.3, -0.4, 0.9, 0, 0.5, -0.2, 1, -0.7, 0.1];
    private static readonly float[] Values = [0.2f, -0.3f, 0.6f, 0.1f];
    private readonly TabularPolicy _policy = TabularPolicy.Random(2, 1);
    private readonly TabularPolicy _other = TabularPolicy.Random(2, 2);

    private delegate GroupStatistics Baseline(ReadOnlySpan<double> rewards, Span<double> advantages);

    [Fact]
    public void Leave_one_out_gives_the_policy_gradient() =>
        MonteCarloGradient.ShouldAgree(PolicyGradient(1), (random, gradient) => Group(random, 4, Reward, Advantages.LeaveOneOut, gradient));

    [Fact]
    public void Leave_one_out_with_k1_in_the_reward_gives_the_gradient_of_reward_less_divergence()
    {
        const double Beta = 0.4;
        double[] expected = _policy.Gradient(policy => -policy.Mean(response => Reward(response) - (Beta * LogRatio(policy, _other, response))));
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) => Group(
            random, 4, response => KullbackLeibler.PenalizedReward(Reward(response), _policy.LogProbs(response), _other.LogProbs(response), Beta), Advantages.LeaveOneOut, gradient));
    }

    [Fact]
    public void The_group_s_own_mean_as_a_baseline_shrinks_the_policy_gradient_by_one_sample() =>
        MonteCarloGradient.ShouldAgree(PolicyGradient(3.0 / 4), (random, gradient) =>
            Group(random, 4, Reward, (rewards, advantages) => Advantages.GroupRelative(rewards, false, advantages), gradient));

    [Fact]
    public void Division_by_the_deviation_gives_the_mean_over_all_groups()
    {
        int[][][] groups = [.. from a in _policy.Responses from b in _policy.Responses from c in _policy.Responses select new[] { a, b, c }];
        double[] weights = new double[_policy.Responses.Count];
        foreach (int[][] group in groups)
        {
            double probability = group.Aggregate(1.0, (product, response) => product * _policy.Probability(response));
            double mean = group.Average(Reward);
            double deviation = Math.Sqrt(group.Sum(response => Math.Pow(Reward(response) - mean, 2)) / 2);
            foreach (int[] response in group)
            {
                weights[_policy.Index(response)] += probability * (Reward(response) - mean) / (deviation + 1e-4) / 3;
            }
        }

        double[] expected = _policy.Gradient(policy => -policy.Responses.Select((response, i) => weights[i] * Math.Log(policy.Probability(response))).Sum());
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
            Group(random, 3, Reward, (rewards, advantages) => Advantages.GroupRelative(rewards, true, advantages), gradient));
    }

    [Fact]
    public void An_actor_s_gradient_is_exact_whatever_the_critic_says() =>
        MonteCarloGradient.ShouldAgree(PolicyGradient(1), (random, gradient) =>
        {
            int[] response = _policy.Sample(random);
            double[] advantages = new double[2];
            Advantages.ActorCritic([0, Reward(response)], ValuesOf(response), 1, advantages, new double[2]);
            float[] logProbs = _policy.LogProbs(response);
            float[] gradients = new float[2];
            PolicyLoss.PolicyGradient(logProbs, logProbs, advantages, 1, gradients);
            _policy.Backward(response, gradients, gradient);
        });

    [Fact]
    public void Generalized_advantages_with_k1_in_the_rewards_and_a_value_head_give_their_mean_over_all_responses()
    {
        const double Beta = 0.3;
        const double Lambda = 0.95;
        double Delta(int[] response, int t) =>
            (-Beta * (_policy.LogProb(response, t) - _other.LogProb(response, t))) + (t == 1 ? Reward(response) : ValuesOf(response)[1]) - ValuesOf(response)[t];
        double Advantage(int[] response, int t) => Delta(response, t) + (t == 0 ? Lambda * Delta(response, 1) : 0);
        double[] policyGradient = _policy.Gradient(policy =>
            -_policy.Mean(response => (Advantage(response, 0) * policy.LogProb(response, 0)) + (Advantage(response, 1) * policy.LogProb(response, 1))));
        IEnumerable<double> valueGradient = Enumerable.Range(0, _policy.Rows).Select(row => _policy.Mean(response =>
            Enumerable.Range(0, 2).Where(t => TabularPolicy.Row(response, t) == row).Sum(t => -0.5 * Advantage(response, t))));
        MonteCarloGradient.ShouldAgree([.. policyGradient, .. valueGradient], (random, gradient) =>
        {
            int[] response = _policy.Sample(random);
            (double[] rewards, double[] advantages, double[] returns) = (new double[2], new double[2], new double[2]);
            (float[] gradients, float[] valueGradients) = (new float[2], new float[2]);
            float[] logProbs = _policy.LogProbs(response);
            KullbackLeibler.TokenRewards(Reward(response), logProbs, _other.LogProbs(response), Beta, rewards);
            Advantages.Generalized(rewards, ValuesOf(response), 1, Lambda, advantages, returns);
            PolicyLoss.Clipped(logProbs, logProbs, advantages, 1, gradients);
            ValueLoss.Squared(ValuesOf(response), returns, 0.5, 1, valueGradients);
            _policy.Backward(response, gradients, gradient);
            for (int t = 0; t < 2; t++)
            {
                gradient[_policy.Logits.Length + TabularPolicy.Row(response, t)] += valueGradients[t];
            }
        });
    }

    [Fact]
    public void The_clipped_loss_on_samples_of_another_policy_has_the_gradient_of_its_mean()
    {
        double Surrogate(TabularPolicy policy, int[] response, int t)
        {
            double ratio = Math.Exp(policy.LogProb(response, t) - _other.LogProb(response, t));
            return Math.Min(ratio * Reward(response), Math.Clamp(ratio, 0.8, 1.2) * Reward(response));
        }

        double[] expected = _policy.Gradient(policy => -_other.Mean(response => Surrogate(policy, response, 0) + Surrogate(policy, response, 1)));
        PolicyLossReport total = default;
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int[] response = _other.Sample(random);
            float[] gradients = new float[2];
            total += PolicyLoss.Clipped(_policy.LogProbs(response), _other.LogProbs(response), Reward(response), 1, gradients);
            _policy.Backward(response, gradients, gradient);
        });
        total.ClipFraction.Should().BeInRange(0.1, 0.9, "the case is one where clipping matters");
    }

    [Fact]
    public void Samples_of_another_policy_weighted_by_whole_responses_give_the_policy_gradient() =>
        MonteCarloGradient.ShouldAgree(PolicyGradient(1), Stale(ImportanceWeighting.Sequence, double.PositiveInfinity));

    [Theory]
    [InlineData(ImportanceWeighting.Token)]
    [InlineData(ImportanceWeighting.Sequence)]
    [InlineData(ImportanceWeighting.None)]
    public void Truncated_weights_give_their_mean_over_all_responses(ImportanceWeighting weighting)
    {
        double Weight(int[] response, int t) => weighting switch
        {
            ImportanceWeighting.Token => Math.Min(1.3, Math.Exp(_policy.LogProb(response, t) - _other.LogProb(response, t))),
            ImportanceWeighting.Sequence => Math.Min(1.3, _policy.Probability(response) / _other.Probability(response)),
            _ => 1,
        };
        double[] expected = _policy.Gradient(policy => -_other.Mean(response =>
            Reward(response) * ((Weight(response, 0) * policy.LogProb(response, 0)) + (Weight(response, 1) * policy.LogProb(response, 1)))));
        MonteCarloGradient.ShouldAgree(expected, Stale(weighting, 1.3));
    }

    [Fact]
    public void Likelihood_of_samples_of_positive_rating_has_the_gradient_of_its_mean()
    {
        double[] expected = _policy.Gradient(policy => -_other.Mean(response => Reward(response) > 0 ? Math.Log(policy.Probability(response)) : 0));
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int[] response = _other.Sample(random);
            if (Reward(response) > 0)
            {
                float[] gradients = new float[2];
                PolicyLoss.Likelihood(_policy.LogProbs(response), 1, gradients);
                _policy.Backward(response, gradients, gradient);
            }
        });
    }

    [Fact]
    public void The_entropy_bonus_has_the_gradient_of_the_entropy_at_the_states_come_to()
    {
        double[] expected = _policy.Gradient(policy => -0.7 * Rows(row => _policy.Reach(row) * policy.Entropy(row)));
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int[] response = _policy.Sample(random);
            float[] gradients = new float[2];
            PolicyLoss.EntropyBonus(_policy.Entropies(response), 0.7, 1, gradients);
            _policy.EntropyBackward(response, gradients, gradient);
        });
    }

    [Fact]
    public void K3_in_the_loss_has_the_gradient_of_the_divergence_of_the_reference_from_the_policy()
    {
        double[] expected = _policy.Gradient(policy => 0.7 * Rows(row => _policy.Reach(row) * Divergence(_other, policy, row)));
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int[] response = _policy.Sample(random);
            float[] gradients = new float[2];
            KullbackLeibler.K3(_policy.LogProbs(response), _other.LogProbs(response), 0.7, 1, gradients);
            _policy.Backward(response, gradients, gradient);
        });
    }

    [Fact]
    public void Weighted_k3_has_the_gradient_of_the_divergence_of_the_policy_from_the_reference()
    {
        TabularPolicy sampling = TabularPolicy.Random(2, 3);
        double[] expected = _policy.Gradient(policy => 0.7 * Rows(row => sampling.Reach(row) * Divergence(policy, _other, row)));
        LossTerm total = default;
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int[] response = sampling.Sample(random);
            float[] gradients = new float[2];
            total += KullbackLeibler.WeightedK3(_policy.LogProbs(response), sampling.LogProbs(response), _other.LogProbs(response), 0.7, 1, gradients);
            _policy.Backward(response, gradients, gradient);
        });
        total.Mean.Should().BeApproximately(Rows(row => sampling.Reach(row) * Divergence(_policy, _other, row)) / 2, 0.01);
    }

    [Fact]
    public void Pairs_drawn_by_their_rewards_teach_a_reward_model_the_differences()
    {
        double[] predicted = [0.5, -0.25, 0];
        double[] expected = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Where(j => j != i).Sum(j =>
            (Sigmoid(predicted[i] - predicted[j]) - Sigmoid(Rewards[i] - Rewards[j])) / 3))];
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int first = random.Next(3);
            int second = (first + 1 + random.Next(2)) % 3;
            (int better, int worse) = random.NextDouble() < Sigmoid(Rewards[first] - Rewards[second]) ? (first, second) : (second, first);
            (float[] up, float[] down) = (new float[1], new float[1]);
            RewardModelLoss.Pairwise([(float)predicted[better]], [(float)predicted[worse]], 1, up, down);
            gradient[better] += up[0];
            gradient[worse] += down[0];
        });
    }

    [Fact]
    public void Noisy_rewards_teach_a_reward_model_their_mean()
    {
        double[] predicted = [0.5, -0.25, 0];
        double[] expected = [.. predicted.Select((number, i) => (number - Rewards[i]) / 3)];
        MonteCarloGradient.ShouldAgree(expected, (random, gradient) =>
        {
            int item = random.Next(3);
            float[] gradients = new float[1];
            RewardModelLoss.Regression([(float)predicted[item]], [Rewards[item] + random.NextDouble() - 0.5], 1, gradients);
            gradient[item] += gradients[0];
        });
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double LogRatio(TabularPolicy policy, TabularPolicy other, int[] response) => Math.Log(policy.Probability(response) / other.Probability(response));

    private static double Divergence(TabularPolicy from, TabularPolicy to, int row) =>
        Enumerable.Range(0, TabularPolicy.Tokens).Sum(token => Math.Exp(from.LogProb(row, token)) * (from.LogProb(row, token) - to.LogProb(row, token)));

    private static float[] ValuesOf(int[] response) => [Values[0], Values[TabularPolicy.Row(response, 1)]];

    private double Rows(Func<int, double> figure) => Enumerable.Range(0, _policy.Rows).Sum(figure);

    private double Reward(int[] response) => Rewards[_policy.Index(response)];

    private double[] PolicyGradient(double factor) => _policy.Gradient(policy => -factor * policy.Mean(Reward));

    private void Group(Random random, int size, Func<int[], double> reward, Baseline baseline, double[] gradient)
    {
        int[][] group = [.. Enumerable.Range(0, size).Select(_ => _policy.Sample(random))];
        double[] advantages = [.. group.Select(reward)];
        baseline(advantages, advantages);
        for (int i = 0; i < size; i++)
        {
            float[] logProbs = _policy.LogProbs(group[i]);
            float[] gradients = new float[logProbs.Length];
            PolicyLoss.PolicyGradient(logProbs, logProbs, advantages[i], 1.0 / size, gradients);
            _policy.Backward(group[i], gradients, gradient);
        }
    }

    private Action<Random, double[]> Stale(ImportanceWeighting weighting, double most) => (random, gradient) =>
    {
        int[] response = _other.Sample(random);
        float[] gradients = new float[2];
        PolicyLoss.PolicyGradient(_policy.LogProbs(response), _other.LogProbs(response), Reward(response), 1, gradients, weighting, most);
        _policy.Backward(response, gradients, gradient);
    };
}
