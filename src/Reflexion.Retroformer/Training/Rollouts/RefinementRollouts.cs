using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Samples refinements for failures and finds out what they are worth: retries beside the null arm, or a reward model.</summary>
internal sealed class RefinementRollouts(LanguageModel model, LoraAdapter adapter, RetrospectiveTrainerOptions options, RewardModel? rewardModel)
{
    private const long SamplingSeeds = 1;
    private const long RetrySeeds = 2;

    /// <summary>Refinements for each failure and what came of them.</summary>
    public async Task<ImmutableArray<RefinementGroup>> RunAsync(
        IRolloutSource source, ImmutableArray<FailedAttempt> attempts, SeedTree seeds, CancellationToken cancellationToken)
    {
        GenerationResult[][] refinements = await SampleAsync(attempts, options.RefinementsPerFailure, seeds, cancellationToken).ConfigureAwait(false);
        if (rewardModel is not null)
        {
            return [.. attempts.Select((attempt, i) => Predicted(rewardModel, attempt, refinements[i]))];
        }

        string?[][] arms = [.. refinements.Select(group => (string?[])[.. Enumerable.Repeat<string?>(null, options.NullRetries), .. group.Select(refinement => refinement.Text)])];
        double[][] returns = await RetryAsync(source, attempts, arms, seeds, cancellationToken).ConfigureAwait(false);
        return [.. attempts.Select((attempt, i) => Played(attempt, refinements[i], returns[i]))];
    }

    /// <summary>The return of a retry with one refinement for each failure.</summary>
    public async Task<double[]> EvaluateAsync(IRolloutSource source, ImmutableArray<FailedAttempt> attempts, SeedTree seeds, CancellationToken cancellationToken)
    {
        GenerationResult[][] refinements = await SampleAsync(attempts, 1, seeds, cancellationToken).ConfigureAwait(false);
        double[][] returns = await RetryAsync(source, attempts, [.. refinements.Select(group => (string?[])[group[0].Text])], seeds, cancellationToken).ConfigureAwait(false);
        return [.. returns.Select(arms => arms[0])];
    }

    /// <summary>The return of a retry without a refinement for each failure.</summary>
    public async Task<double[]> NullReturnsAsync(IRolloutSource source, ImmutableArray<FailedAttempt> attempts, SeedTree seeds, CancellationToken cancellationToken)
    {
        double[][] returns = await RetryAsync(source, attempts, [.. attempts.Select(_ => new string?[1])], seeds, cancellationToken).ConfigureAwait(false);
        return [.. returns.Select(arms => arms[0])];
    }

    private async Task<GenerationResult[][]> SampleAsync(ImmutableArray<FailedAttempt> attempts, int count, SeedTree seeds, CancellationToken cancellationToken)
    {
        GenerationRequest[] requests =
        [
            .. from attempt in Enumerable.Range(0, attempts.Length)
               from sample in Enumerable.Range(0, count)
               select new GenerationRequest
               {
                   PromptIds = attempts[attempt].PromptIds,
                   MaxTokens = options.MaxRefinementTokens,
                   Sampling = new() { Temperature = options.Temperature },
                   StopSequences = options.StopSequences,
                   Adapter = adapter,
                   Seed = (ulong)seeds.At(SamplingSeeds).At(attempt).At(sample).Seed,
               },
        ];
        ImmutableArray<GenerationResult> results = await model.GenerateAsync(requests, cancellationToken).ConfigureAwait(false);
        return [.. results.Chunk(count)];
    }

    private async Task<double[][]> RetryAsync(
        IRolloutSource source, ImmutableArray<FailedAttempt> attempts, string?[][] arms, SeedTree seeds, CancellationToken cancellationToken)
    {
        double[][] returns = [.. arms.Select(group => new double[group.Length])];
        IEnumerable<(int Attempt, int Arm)> retries = Enumerable.Range(0, arms.Length).SelectMany(i => Enumerable.Range(0, arms[i].Length).Select(arm => (i, arm)));
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentRetries, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(retries, limits, async (retry, token) =>
        {
            FailedAttempt attempt = attempts[retry.Attempt];
            string? refinement = arms[retry.Attempt][retry.Arm];

            // Refinements share the first null retry's seed; further ones measure the null arm's spread.
            int repeat = refinement is null ? retry.Arm : 0;
            double value = await source.RetryAsync(attempt, refinement, seeds.At(RetrySeeds).At(retry.Attempt).At(repeat).Seed, token).ConfigureAwait(false);
            returns[retry.Attempt][retry.Arm] = Checked(value, attempt);
        }).ConfigureAwait(false);
        return returns;
    }

    private static double Checked(double value, FailedAttempt attempt) => value is >= 0 and <= 1
        ? value
        : throw new InvalidOperationException($"The retry of '{attempt.Id}' returned {value}; returns lie in [0, 1].");

    private RefinementGroup Played(FailedAttempt attempt, GenerationResult[] refinements, double[] returns) => new(
        [.. refinements.Select((refinement, i) => ToExperience(attempt, refinement) with
        {
            ReturnAfter = returns[options.NullRetries + i],
            NullReturns = [.. returns.Take(options.NullRetries)],
        })]);

    private static RefinementGroup Predicted(RewardModel rewardModel, FailedAttempt attempt, GenerationResult[] refinements)
    {
        ImmutableArray<double> rewards = rewardModel.Score([.. refinements.Select(refinement => new TrainingSequence(attempt.PromptIds, refinement.Ids))]);
        return new([.. refinements.Select((refinement, i) => ToExperience(attempt, refinement) with { ReturnAfter = attempt.Return + rewards[i] })]);
    }

    private static Experience ToExperience(FailedAttempt attempt, GenerationResult refinement) => new()
    {
        EpisodeId = attempt.Id,
        TaskId = attempt.TaskId,
        Trial = 2,
        Instructions = attempt.Instructions,
        Prompt = attempt.Prompt,
        Refinement = refinement.Text,
        PromptIds = attempt.PromptIds,
        RefinementIds = refinement.Ids,
        LogProbs = refinement.LogProbs,
        PolicyHash = refinement.AdapterHash,
        ReturnBefore = attempt.Return,
        ReturnAfter = attempt.Return,
    };
}
