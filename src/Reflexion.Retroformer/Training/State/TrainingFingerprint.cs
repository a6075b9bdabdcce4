using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Reflexion.LanguageModels;

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

    /// <summary>The same for imitation: its samples, and the order they are taken in. How often they are gone through may change.</summary>
    public static string Of(IEnumerable<TrainingSequence> demonstrations, SupervisedOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TrainingSequence demonstration in demonstrations)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([demonstration.Prompt.Length, demonstration.Response.Length]));
            hash.AppendData(MemoryMarshal.AsBytes(demonstration.Prompt.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(demonstration.Response.AsSpan()));
        }

        string named = options.Trainer.Data.Length > 0 ? $"{options.Trainer.Data}, " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{named}{Convert.ToHexStringLower(hash.GetHashAndReset())} by {options.SamplesPerStep}, seed {options.Seed}");
    }
}
