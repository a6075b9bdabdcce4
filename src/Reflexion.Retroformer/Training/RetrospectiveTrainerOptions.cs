using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>How a retrospective model is trained by policy gradient. The defaults are for a small model; every limit is finite.</summary>
public sealed record RetrospectiveTrainerOptions
{
    /// <summary>K, refinements sampled for each failure; at least 2 for objectives that compare within a group, at most 256. Default: 4.</summary>
    public int RefinementsPerFailure { get; init; } = 4;

    /// <summary>Failures collected for each update, 1 to 65,536. Default: 16.</summary>
    public int FailuresPerUpdate { get; init; } = 16;

    /// <summary>Updates, at least 1. Default: 50.</summary>
    public int Updates { get; init; } = 50;

    /// <summary>How often each batch is gone through, at least 1. Default: 1.</summary>
    public int EpochsPerBatch { get; init; } = 1;

    /// <summary>Failures in a step of the optimiser, at least 1; 0: all of the batch. Default: 0.</summary>
    public int FailuresPerStep { get; init; }

    /// <summary>How rewards become a gradient. Default: RLOO.</summary>
    public PolicyObjective Objective { get; init; } = PolicyObjective.Rloo;

    /// <summary>β, the weight of the divergence from the reference policy, at least 0. Default: 0.02.</summary>
    public double KlCoefficient { get; init; } = 0.02;

    /// <summary>Where the divergence is charged. Default: in the loss.</summary>
    public KlPlace KlPlace { get; init; } = KlPlace.Loss;

    /// <summary>The weight of the entropy bonus, at least 0. Default: 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>ε of the clipped ratios, above 0 and below 1. Default: 0.2.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>The weight of the value head's loss, at least 0. Default: 0.5.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>γ, the discount from token to token, in [0, 1]. Default: 1.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>λ of generalised advantage estimation, in [0, 1]. Default: 0.95.</summary>
    public double Lambda { get; init; } = 0.95;

    /// <summary>The temperature that refinements are sampled and trained at, above 0 and at most 100. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Most tokens of a refinement, at least 1. Default: 96.</summary>
    public int MaxRefinementTokens { get; init; } = 96;

    /// <summary>Texts that end a refinement. Default: none.</summary>
    public ImmutableArray<string> StopSequences { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether the reward is measured from the mean return of retries without a refinement rather than from the failed trial's. Default: true.</summary>
    public bool MeasuresFromNullArm { get; init; } = true;

    /// <summary>Retries without a refinement for each failure, 1 to 64. Default: 1.</summary>
    public int NullRetries { get; init; } = 1;

    /// <summary>What each token of a refinement takes off its reward, at least 0. Default: 0.</summary>
    public double CostPerToken { get; init; }

    /// <summary>What becomes of samples of other weights. Default: they are rejected.</summary>
    public StaleSamples StaleSamples { get; init; } = StaleSamples.Reject;

    /// <summary>The most that an importance weight of a stale token can be, at least 1. Default: 2.</summary>
    public double MaxImportanceWeight { get; init; } = 2;

    /// <summary>Gives each batch's rewards to other refinements at random: the negative control, which must not improve. Default: false.</summary>
    public bool ShufflesRewards { get; init; }

    /// <summary>Updates between held-out evaluations, at least 1; the last update is always evaluated. Default: 5.</summary>
    public int EvaluateEvery { get; init; } = 5;

    /// <summary>Held-out failures, at least 1. Default: 64.</summary>
    public int HeldOutFailures { get; init; } = 64;

    /// <summary>How the gate's interval is drawn. Default: BCa at 95 %.</summary>
    public BootstrapOptions Gate { get; init; } = new();

    /// <summary>Held-out evaluations in a row that may be worse than the incumbent by their mean before training stops; 0: it never does. Default: 4.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Training stops before an update at whose start the divergence from the reference policy is above this, in nats a token; null: no limit. Default: null.</summary>
    public double? MaxKl { get; init; }

    /// <summary>Retries asked for at once, at least 1. Default: 64.</summary>
    public int MaxConcurrentRetries { get; init; } = 64;

    /// <summary>Decides collecting, sampling, retrying and shuffling; what each update draws follows from this and its number. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>How weights are updated: learning rate, schedule, tokens at a time. Default: AdamW at 1e-4.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>Where checkpoints are kept, made if it is not there; a run that finds one there goes on from it. Null: none, and training cannot be resumed. Default: null.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Updates between checkpoints, at least 1. Default: 1.</summary>
    public int CheckpointEvery { get; init; } = 1;

    /// <summary>The file that figures go to as they come, one JSON object a line; null: none. A training that begins replaces it, one that goes on from a checkpoint goes on with it. Default: null.</summary>
    public string? LogPath { get; init; }

    /// <summary>The clock that phases are timed with. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        Require(nameof(RefinementsPerFailure), RefinementsPerFailure, Objective.NeedsValues() ? 1 : 2, 256);
        Require(nameof(FailuresPerUpdate), FailuresPerUpdate, 1, 65_536);
        Require(nameof(Updates), Updates, 1, int.MaxValue);
        Require(nameof(EpochsPerBatch), EpochsPerBatch, 1, int.MaxValue);
        Require(nameof(FailuresPerStep), FailuresPerStep, 0, int.MaxValue);
        Require(nameof(MaxRefinementTokens), MaxRefinementTokens, 1, int.MaxValue);
        Require(nameof(NullRetries), NullRetries, 1, 64);
        Require(nameof(EvaluateEvery), EvaluateEvery, 1, int.MaxValue);
        Require(nameof(HeldOutFailures), HeldOutFailures, 1, int.MaxValue);
        Require(nameof(Patience), Patience, 0, int.MaxValue);
        Require(nameof(MaxConcurrentRetries), MaxConcurrentRetries, 1, int.MaxValue);
        Require(nameof(CheckpointEvery), CheckpointEvery, 1, int.MaxValue);
        Require(nameof(KlCoefficient), KlCoefficient, double.IsFinite(KlCoefficient) && KlCoefficient >= 0, "a finite number, at least 0");
        Require(nameof(EntropyCoefficient), EntropyCoefficient, double.IsFinite(EntropyCoefficient) && EntropyCoefficient >= 0, "a finite number, at least 0");
        Require(nameof(ValueCoefficient), ValueCoefficient, double.IsFinite(ValueCoefficient) && ValueCoefficient >= 0, "a finite number, at least 0");
        Require(nameof(CostPerToken), CostPerToken, double.IsFinite(CostPerToken) && CostPerToken >= 0, "a finite number, at least 0");
        Require(nameof(Clip), Clip, Clip is > 0 and < 1, "in (0, 1)");
        Require(nameof(Discount), Discount, Discount is >= 0 and <= 1, "in [0, 1]");
        Require(nameof(Lambda), Lambda, Lambda is >= 0 and <= 1, "in [0, 1]");
        Require(nameof(Temperature), Temperature, Temperature is > 0 and <= 100, "above 0 and at most 100: what is drawn greedily has no gradient");
        Require(nameof(MaxImportanceWeight), MaxImportanceWeight, MaxImportanceWeight >= 1, "at least 1");
        Require(nameof(MaxKl), MaxKl, MaxKl is null or > 0, "above 0, or null");
        Require(nameof(Objective), (int)Objective, Enum.IsDefined(Objective), "one of the objectives");
        Require(nameof(KlPlace), (int)KlPlace, Enum.IsDefined(KlPlace), "one of the places");
        Require(nameof(StaleSamples), (int)StaleSamples, Enum.IsDefined(StaleSamples), "one of the ways");
        ArgumentNullException.ThrowIfNull(Gate);
        ArgumentNullException.ThrowIfNull(Trainer);
        ArgumentNullException.ThrowIfNull(Time);
    }

    private static void Require(string name, int value, int least, int most) =>
        Require(name, value, value >= least && value <= most, $"at least {least} and at most {most}");

    private static void Require(string name, double? value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {range}.");
        }
    }
}
