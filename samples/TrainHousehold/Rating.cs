using System.Collections.Immutable;
using Reflexion;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>
/// The second stage's material: the frozen actor fails, a teacher who does not know what helps says something, and retries rate it. What seemed to help once is tried
/// again, because a retry may be lucky.
/// </summary>
internal sealed class Rating(RefinementWriter writer, Practice practice, long seed)
{
    private const int ForEach = 4;
    private const int Again = 2;

    /// <summary>Refinements with the mean returns of the retries they were played in.</summary>
    internal async Task<Experience[]> RateAsync(int failures, CancellationToken stop)
    {
        ImmutableArray<FailedAttempt> attempts = await practice.Train.CollectAsync(failures, seed, stop);
        var rated = new Experience[attempts.Length][];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, attempts.Length),
            new ParallelOptions { MaxDegreeOfParallelism = HouseholdPlayer.Sequences / ForEach, CancellationToken = stop },
            async (i, token) => rated[i] = await RateAsync(attempts[i], i, token));
        return [.. rated.SelectMany(each => each)];
    }

    private async Task<Experience[]> RateAsync(FailedAttempt attempt, int number, CancellationToken stop)
    {
        var state = (RetrospectiveContext)attempt.State!;
        var random = new Random(unchecked((int)(seed + number)));
        string[] texts = [.. Enumerable.Range(0, ForEach).Select(_ => practice.Say(state, random))];
        double without = await RetryAsync(null, 0);
        return await Task.WhenAll(texts.Select(async text => Rated(attempt, text, await MeanReturnAsync(text), without)));

        async Task<double> MeanReturnAsync(string text)
        {
            double first = await RetryAsync(text, 0);
            return first <= without ? first : (first + (await Task.WhenAll(Enumerable.Range(1, Again).Select(again => RetryAsync(text, again)))).Sum()) / (1 + Again);
        }

        Task<double> RetryAsync(string? text, int again) => practice.Train.RetryAsync(attempt, text, seed + number + ((long)again << 32), stop);
    }

    private Experience Rated(FailedAttempt attempt, string text, double with, double without) => new()
    {
        EpisodeId = attempt.Id,
        TaskId = attempt.TaskId,
        Trial = 2,
        Prompt = attempt.Prompt,
        Refinement = text,
        PromptIds = attempt.PromptIds,
        RefinementIds = writer.Encode(text),
        ReturnBefore = attempt.Return,
        ReturnAfter = with,
        NullReturns = [without],
    };
}
