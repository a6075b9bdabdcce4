using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>The gradients that losses write, beside central differences of the losses they report.</summary>
public sealed class ObjectiveGradientTests
{
    private const double Scale = 1.0 / 7;
    private const int Tokens = 200;
    private readonly Random _random = new(11);

    [Fact]
    public void Likelihood() =>
        Differences.ShouldAgree(LogProbs(), (logProbs, gradients) => PolicyLoss.Likelihood(logProbs, Scale, gradients).Loss);

    [Fact]
    public void Policy_gradient()
    {
        double[] advantages = Numbers();
        float[] sampled = LogProbs();
        Differences.ShouldAgree(LogProbs(), (logProbs, gradients) => PolicyLoss.PolicyGradient(logProbs, sampled, advantages, Scale, gradients).Loss);
    }

    [Fact]
    public void Clipped_policy_loss()
    {
        double[] advantages = Numbers();
        float[] sampled = LogProbs();
        Differences.ShouldAgree(LogProbs(), (logProbs, gradients) => PolicyLoss.Clipped(logProbs, sampled, advantages, Scale, gradients).Loss);
    }

    [Fact]
    public void K3()
    {
        float[] reference = LogProbs();
        Differences.ShouldAgree(LogProbs(), (logProbs, gradients) => KullbackLeibler.K3(logProbs, reference, 0.3, Scale, gradients).Loss);
    }

    [Fact]
    public void Weighted_k3()
    {
        float[] reference = LogProbs();
        float[] sampled = LogProbs();
        Differences.ShouldAgree(LogProbs(), (logProbs, gradients) => KullbackLeibler.WeightedK3(logProbs, sampled, reference, 0.3, Scale, gradients).Loss);
    }

    [Fact]
    public void Entropy_bonus() =>
        Differences.ShouldAgree(Differences.Grid(_random, Tokens, 0, 24), (entropies, gradients) => PolicyLoss.EntropyBonus(entropies, 0.3, Scale, gradients).Loss);

    [Fact]
    public void Value_loss()
    {
        double[] returns = Numbers();
        Differences.ShouldAgree(Values(), (values, gradients) => ValueLoss.Squared(values, returns, 0.5, Scale, gradients).Loss);
    }

    [Fact]
    public void Clipped_value_loss()
    {
        double[] returns = Numbers();
        float[] sampled = Values();
        Differences.ShouldAgree(Values(), (values, gradients) => ValueLoss.Clipped(values, sampled, returns, 0.5, Scale, gradients).Loss);
    }

    [Fact]
    public void Pairs_of_rewards()
    {
        float[] rewards = Values();
        Differences.ShouldAgree(Values(), (preferred, gradients) => RewardModelLoss.Pairwise(preferred, rewards, Scale, gradients, new float[Tokens]).Loss);
        Differences.ShouldAgree(Values(), (rejected, gradients) => RewardModelLoss.Pairwise(rewards, rejected, Scale, new float[Tokens], gradients).Loss);
    }

    [Fact]
    public void Rewards()
    {
        double[] targets = Numbers();
        Differences.ShouldAgree(Values(), (predicted, gradients) => RewardModelLoss.Regression(predicted, targets, Scale, gradients).Loss);
    }

    private float[] LogProbs() => Differences.Grid(_random, Tokens, -20, 0);

    private float[] Values() => Differences.Grid(_random, Tokens, -16, 17);

    private double[] Numbers() => [.. Values().Select(number => (double)number)];
}
