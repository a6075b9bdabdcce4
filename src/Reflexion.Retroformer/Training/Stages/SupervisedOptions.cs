using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>How a retrospective model is trained on refinements that helped.</summary>
public sealed record SupervisedOptions
{
    /// <summary>A refinement is positively rated when its gain over the null arm, or its ΔG where none was played, is above this. Default: 0.</summary>
    public double MinGain { get; init; }

    /// <summary>How often all samples are gone through, at least 1. Default: 3.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Samples in a step of the optimiser, at least 1. Default: 16.</summary>
    public int SamplesPerStep { get; init; } = 16;

    /// <summary>Decides the order of samples. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>Turns an experience into tokens. Default: its own tokens; experiences without any are refused.</summary>
    public Func<Experience, TrainingSequence>? Encode { get; init; }

    /// <summary>How weights are updated. Default: AdamW at 1e-4.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>The file that the state is kept in; a run on the same samples that finds it goes on from it. Null: none. Default: null.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps between checkpoints, at least 1. Default: 50.</summary>
    public int CheckpointEvery { get; init; } = 50;

    internal SupervisedOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SamplesPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery, 1);
        ArgumentNullException.ThrowIfNull(Trainer);
        return this;
    }
}
