using System.Globalization;

namespace Reflexion.Retroformer;

/// <summary>Says which options decide what a training computes, so that a checkpoint is not taken up by another one. How many updates are made may change.</summary>
internal static class TrainingFingerprint
{
    public static string Of(RetrospectiveTrainerOptions options, bool isGated, bool hasRewardModel) => string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Objective} k={options.RefinementsPerFailure} failures={options.FailuresPerUpdate}/{options.FailuresPerStep} epochs={options.EpochsPerBatch} "
        + $"kl={options.KlCoefficient} in {options.KlPlace} most {options.MaxKl} entropy={options.EntropyCoefficient} clip={options.Clip} value={options.ValueCoefficient} "
        + $"gae={options.Discount}/{options.Lambda} sampling={options.Temperature}/{options.MaxRefinementTokens}/{string.Join('|', options.StopSequences)} "
        + $"reward={options.MeasuresFromNullArm}/{options.NullRetries}/{options.CostPerToken}/{options.ShufflesRewards}/{hasRewardModel} "
        + $"stale={options.StaleSamples}/{options.MaxImportanceWeight} heldout={isGated}/{options.EvaluateEvery}/{options.HeldOutFailures}/{options.Patience} "
        + $"gate={options.Gate.Confidence}/{options.Gate.Resamples}/{options.Gate.Seed} seed={options.Seed}");
}
