namespace Reflexion.LanguageModels;

/// <summary>How a model is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>The optimiser. Default: AdamW at 1e-4.</summary>
    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes. Default: not at all.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant();

    /// <summary>Decides what dropout drops. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Names what is trained on, by a hash for instance, so that a checkpoint of other data is refused. Default: empty, nothing is said of it.</summary>
    public string Data { get; init; } = "";

    /// <summary>The most tokens computed at a time by <see cref="ModelTrainer.Accumulate"/> and <see cref="ModelTrainer.Score"/>; bounds the memory. At least 1. Default: 4,096.</summary>
    public int MaxTokensPerPass { get; init; } = 4_096;

    /// <summary>Whether the backward pass computes the feed-forward layers' inner activations again rather than keep them: about half the memory, a fifth more time. Default: false.</summary>
    public bool RecomputeFeedForward { get; init; }

    /// <summary>Threads that compute, the caller's included; at least 1. Default: one for each processor. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        ArgumentNullException.ThrowIfNull(Data);
        Optimizer.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokensPerPass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
