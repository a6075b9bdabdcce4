namespace TrainHousehold;

/// <summary>How the retrospective model is trained.</summary>
internal sealed record RefiningOptions
{
    /// <summary>Worlds to fail in.</summary>
    public int Worlds { get; init; } = 4_000;

    /// <summary>Failures whose refinements are rated for supervised fine-tuning.</summary>
    public int RatedFailures { get; init; } = 1_500;

    /// <summary>How often the helpful refinements are gone through.</summary>
    public int SupervisedEpochs { get; init; } = 6;

    /// <summary>The learning rate of supervised fine-tuning.</summary>
    public double SupervisedLearningRate { get; init; } = 1e-3;

    /// <summary>Updates of policy gradient.</summary>
    public int Updates { get; init; } = 40;

    /// <summary>Failures of an update, with eight refinements each.</summary>
    public int FailuresPerUpdate { get; init; } = 28;

    /// <summary>Updates between comparisons with the incumbent: few, on many failures, so that what is better is seen to be.</summary>
    public int EvaluateEvery { get; init; } = 20;

    /// <summary>Failures that a policy is judged on.</summary>
    public int HeldOutFailures { get; init; } = 500;

    /// <summary>The learning rate of policy gradient.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>For a pretrained model of some hundred million parameters, each of whose updates takes long.</summary>
    internal static RefiningOptions OfPretrained { get; } = new()
    {
        RatedFailures = 600,
        SupervisedEpochs = 2,
        SupervisedLearningRate = 3e-4,
        Updates = 20,
        FailuresPerUpdate = 16,
        LearningRate = 2e-4,
        EvaluateEvery = 10,
        HeldOutFailures = 100,
    };

    /// <summary>Whether this is a trial run, in which nothing may have helped.</summary>
    public bool IsMiniature { get; init; }
}
