using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>How a reward model is trained.</summary>
public sealed record RewardModelOptions
{
    /// <summary>What is learnt from. Default: pairs.</summary>
    public RewardModelObjective Objective { get; init; }

    /// <summary>By how much a refinement must have helped more than the other to make a pair, at least 0. Default: 0, any difference.</summary>
    public double MinMargin { get; init; }

    /// <summary>How often all samples or pairs are gone through, at least 1. Default: 3.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Samples or pairs in a step of the optimiser, at least 1. Default: 16.</summary>
    public int SamplesPerStep { get; init; } = 16;

    /// <summary>Decides the order of samples. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>How weights are updated. Default: AdamW at 1e-4.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    internal RewardModelOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SamplesPerStep, 1);
        if (!(double.IsFinite(MinMargin) && MinMargin >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(MinMargin), MinMargin, "A margin is a finite number, at least 0.");
        }

        if (!Enum.IsDefined(Objective))
        {
            throw new ArgumentOutOfRangeException(nameof(Objective), Objective, "A reward model learns from pairs or from rewards.");
        }

        ArgumentNullException.ThrowIfNull(Trainer);
        return this;
    }
}
