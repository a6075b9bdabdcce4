using System.Collections.Immutable;
using Reflexion;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>The second stage's material: the frozen actor fails, a teacher who does not know what helps says something true, and retries rate it.</summary>
internal static class Rating
{
    private const int ForEach = 3;

    /// <summary>Refinements with the returns of the retries they were played in.</summary>
    internal static async Task<Experience[]> RateAsync(LanguageModel model, AgentRolloutSource source, int failures, long seed, CancellationToken stop)
    {
        ImmutableArray<FailedAttempt> attempts = await source.CollectAsync(failures, seed, stop);
        var rated = new Experience[attempts.Length * ForEach];
        int end = model.Tokenizer.EndIds[0];
        await Parallel.ForEachAsync(Enumerable.Range(0, attempts.Length), new ParallelOptions { MaxDegreeOfParallelism = HouseholdPlayer.Sequences / 4, CancellationToken = stop }, async (i, token) =>
        {
            FailedAttempt attempt = attempts[i];
            var state = (RetrospectiveContext)attempt.State!;
            Attempt record = PlayerPrompts.AttemptOf(state.Task, state.Trials[^1]);
            var random = new Random(unchecked((int)(seed + i)));
            string[] texts = [.. Enumerable.Range(0, ForEach).Select(_ => Teacher.AnythingTrue(record, random))];
            double[] returns = await Task.WhenAll(texts.Prepend(null).Select(text => source.RetryAsync(attempt, text, seed + i, token)));
            for (int k = 0; k < ForEach; k++)
            {
                rated[(i * ForEach) + k] = new()
                {
                    EpisodeId = attempt.Id,
                    TaskId = attempt.TaskId,
                    Trial = 2,
                    Prompt = attempt.Prompt,
                    Refinement = texts[k],
                    PromptIds = attempt.PromptIds,
                    RefinementIds = [.. model.Tokenizer.Encode(texts[k]), end],
                    ReturnBefore = attempt.Return,
                    ReturnAfter = returns[k + 1],
                    NullReturns = [returns[0]],
                };
            }
        });
        return rated;
    }
}
