namespace TrainHousehold;

/// <summary>How the actor is trained from scratch.</summary>
internal sealed record ImitationOptions
{
    /// <summary>Updates in all.</summary>
    public int Updates { get; init; } = 1_300;

    /// <summary>Worlds of an update; each is played once as it is and once with a refinement.</summary>
    public int Worlds { get; init; } = 9;

    /// <summary>Threads that compute.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The largest learning rate.</summary>
    public double LearningRate { get; init; } = 1.5e-3;

    /// <summary>Updates between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 50;
}
