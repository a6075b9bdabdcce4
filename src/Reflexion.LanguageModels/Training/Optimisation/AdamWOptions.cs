namespace Reflexion.LanguageModels;

/// <summary>AdamW (Loshchilov and Hutter 2019): Adam with bias correction, and weight decay apart from the gradient.</summary>
public sealed record AdamWOptions
{
    /// <summary>Step size before the schedule's factor, at least 0. Default: 1e-4.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>How slowly the mean of gradients follows, in [0,1). Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly the mean of squared gradients follows, in [0,1). Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square, above 0. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Share of each parameter, times the learning rate, taken away at each step; at least 0. Default: 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The most that the Euclidean norm of all gradients together may be; larger ones are scaled down. Null: no limit. Default: 1.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    internal void Validate()
    {
        Require(LearningRate is >= 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "a finite number, at least 0");
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0,1)");
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "in [0,1)");
        Require(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), Epsilon, "a finite number above 0");
        Require(WeightDecay is >= 0 and < double.PositiveInfinity, nameof(WeightDecay), WeightDecay, "a finite number, at least 0");
        Require(MaxGradientNorm is null or > 0, nameof(MaxGradientNorm), MaxGradientNorm, "above 0, or null");
    }

    private static void Require(bool holds, string name, double? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {range}.");
        }
    }
}
