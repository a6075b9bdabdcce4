namespace TrainHousehold;

/// <summary>How the retrospective model is trained.</summary>
internal sealed record RefiningOptions
{
    /// <summary>Worlds to fail in.</summary>
    public int Worlds { get; init; } = 4_000;

    /// <summary>Failures whose refinements are rated for supervised fine-tuning.</summary>
    public int RatedFailures { get; init; } = 800;

    /// <summary>How often the helpful refinements are gone through.</summary>
    public int SupervisedEpochs { get; init; } = 3;

    /// <summary>Updates of policy gradient.</summary>
    public int Updates { get; init; } = 40;

    /// <summary>Failures of an update, with four refinements each.</summary>
    public int FailuresPerUpdate { get; init; } = 32;

    /// <summary>Failures that a policy is judged on.</summary>
    public int HeldOutFailures { get; init; } = 150;

    /// <summary>The learning rate of policy gradient.</summary>
    public double LearningRate { get; init; } = 1.2e-3;

    /// <summary>Whether this is a trial run, in which nothing may have helped.</summary>
    public bool IsMiniature { get; init; }
}
