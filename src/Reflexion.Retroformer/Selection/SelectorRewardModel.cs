namespace Reflexion.Retroformer;

/// <summary>Predicts the reward of an arm: ridge regression, learnt one reward at a time (recursive least squares). Not thread-safe.</summary>
internal sealed class SelectorRewardModel
{
    private readonly int _features;
    private readonly double[] _coefficients;

    // (λI + Σxxᵀ)⁻¹, row by row.
    private readonly double[] _covariance;
    private readonly double[] _direction;

    internal SelectorRewardModel(int features, double ridge)
    {
        _features = features;
        _coefficients = new double[features];
        _covariance = new double[features * features];
        _direction = new double[features];
        for (int i = 0; i < features; i++)
        {
            _covariance[i * features + i] = 1 / ridge;
        }
    }

    internal SelectorRewardModel(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> covariance)
    {
        _features = coefficients.Length;
        _coefficients = coefficients.ToArray();
        _covariance = covariance.ToArray();
        _direction = new double[_features];
    }

    internal ReadOnlySpan<double> Coefficients => _coefficients;

    internal ReadOnlySpan<double> Covariance => _covariance;

    internal double Predict(ReadOnlySpan<double> arm) => ShortVector.Dot(_coefficients, arm);

    internal void Learn(ReadOnlySpan<double> arm, double reward)
    {
        for (int i = 0; i < _features; i++)
        {
            _direction[i] = ShortVector.Dot(_covariance.AsSpan(i * _features, _features), arm);
        }

        double scale = 1 / (1 + ShortVector.Dot(_direction, arm));
        double step = scale * (reward - Predict(arm));
        ShortVector.Add(_coefficients, step, _direction);
        for (int i = 0; i < _features; i++)
        {
            ShortVector.Add(_covariance.AsSpan(i * _features, _features), -scale * _direction[i], _direction);
        }
    }

    /// <summary>The reward of every arm, unbiased whatever the predictions are worth: q(s,j) + 1{j=a}/π(a|s)·(r − q(s,a)) (Dudík, Langford and Li 2011).</summary>
    /// <returns>A reward for each arm; the model must not have learnt from the decision.</returns>
    internal double[] DoublyRobust(SelectorDecision decision)
    {
        double[] rewards = new double[decision.Arms.Count];
        for (int arm = 0; arm < rewards.Length; arm++)
        {
            rewards[arm] = Predict(decision.Arms[arm]);
        }

        int chosen = decision.Choice.Arm;
        rewards[chosen] += (decision.Reward!.Value - rewards[chosen]) / decision.Choice.Propensities[chosen];
        return rewards;
    }
}
