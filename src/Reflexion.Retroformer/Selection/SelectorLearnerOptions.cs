namespace Reflexion.Retroformer;

/// <summary>How a <see cref="SelectorLearner"/> learns, and when what it learnt may serve.</summary>
public sealed record SelectorLearnerOptions
{
    /// <summary>ε, the share of choices made uniformly, in (0,1]. Default 0.1.</summary>
    public double Exploration { get; init; } = 0.1;

    /// <summary>τ, the softmax's temperature, above zero. Default 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The length of a step along the gradient, above zero. Default 4.</summary>
    public double LearningRate { get; init; } = 4;

    /// <summary>How strongly weights are drawn back to zero (L2), zero or above. Default 0.001.</summary>
    public double WeightDecay { get; init; } = 0.001;

    /// <summary>After how many rewarded decisions a step is made. Default 8; at least 1.</summary>
    public int UpdateEvery { get; init; } = 8;

    /// <summary>Over how many of the latest rewarded decisions the gradient is averaged. Default 512; at least <see cref="UpdateEvery"/>.</summary>
    public int Window { get; init; } = 512;

    /// <summary>
    /// The least effective sample size (Σw)²/(nΣw²) of the window under the updated policy, as a share, in [0,1]; an update that would leave it lower is
    /// refused, since what is logged says too little about that policy. Default 0.1.
    /// </summary>
    public double MinEffectiveSampleShare { get; init; } = 0.1;

    /// <summary>
    /// The share of tasks whose decisions are never learnt from and decide on promotion, in [0,0.9]. Default 0.2. Zero promotes every update at once,
    /// untested.
    /// </summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>After how many held-out decisions the candidate is tested. Default 25; at least 10.</summary>
    public int TestEvery { get; init; } = 25;

    /// <summary>How many of the latest held-out decisions are kept; at least <see cref="TestEvery"/>. Default 200.</summary>
    public int HeldOutWindow { get; init; } = 200;

    /// <summary>
    /// The confidence of the two-sided interval of the held-out gain; its lower end must be above zero for a promotion. In (0,1). Default 0.95.
    /// </summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The strength of the prior of the reward model (ridge regression), above zero. Default 1.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>Decides which tasks are held out, and how intervals are drawn. Default 0.</summary>
    public int Seed { get; init; }

    internal SelectorLearnerOptions Validate()
    {
        _ = SelectorPolicy.Uniform(1, Exploration, Temperature);
        ThrowUnless(LearningRate > 0 && double.IsFinite(LearningRate), LearningRate, nameof(LearningRate), "It is finite and above zero.");
        ThrowUnless(WeightDecay >= 0 && double.IsFinite(WeightDecay), WeightDecay, nameof(WeightDecay), "It is finite and not below zero.");
        ThrowUnless(MinEffectiveSampleShare is >= 0 and <= 1, MinEffectiveSampleShare, nameof(MinEffectiveSampleShare), "It lies in [0,1].");
        ThrowUnless(HeldOutShare is >= 0 and <= 0.9, HeldOutShare, nameof(HeldOutShare), "It lies in [0,0.9].");
        ThrowUnless(Confidence is > 0 and < 1, Confidence, nameof(Confidence), "It lies in (0,1).");
        ThrowUnless(Ridge > 0 && double.IsFinite(Ridge), Ridge, nameof(Ridge), "It is finite and above zero.");
        ArgumentOutOfRangeException.ThrowIfLessThan(UpdateEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, UpdateEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(TestEvery, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(HeldOutWindow, TestEvery);
        return this;
    }

    private static void ThrowUnless(bool holds, double value, string name, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, rule);
        }
    }
}
