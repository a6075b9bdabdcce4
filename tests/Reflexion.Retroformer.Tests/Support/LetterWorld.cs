using System.Collections.Concurrent;
using System.Collections.Immutable;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Failures whose retry is worth the share of a refinement's characters that can be read; without a refinement a fifth.</summary>
internal sealed class LetterWorld : IRolloutSource
{
    private int _running;
    private int _most;

    public ConcurrentBag<(string Attempt, string? Refinement, long Seed)> Retries { get; } = [];

    /// <summary>What a refinement's share of readable characters is worth.</summary>
    public Func<double, double> Worth { get; init; } = share => share;

    /// <summary>What its failures are called.</summary>
    public string Name { get; init; } = "attempt";

    /// <summary>The most failures that it gives at a time.</summary>
    public int Most { get; init; } = int.MaxValue;

    public int MostAtOnce => _most;

    public static double Readable(string refinement) => refinement.Length == 0 ? 0 : (double)refinement.Count(letter => letter is >= ' ' and <= '~') / refinement.Length;

    public Task<ImmutableArray<FailedAttempt>> CollectAsync(int count, long seed, CancellationToken cancellationToken)
    {
        var random = new Random((int)(seed & int.MaxValue));
        return Task.FromResult<ImmutableArray<FailedAttempt>>(
        [
            .. Enumerable.Range(0, Math.Min(count, Most)).Select(i => new FailedAttempt
            {
                Id = $"{Name} {i}",
                TaskId = $"task {i % 24}",
                PromptIds = [10 + random.Next(200), 10 + random.Next(200), 10 + random.Next(200)],
                Return = 0.1,
            }),
        ]);
    }

    public async Task<double> RetryAsync(FailedAttempt attempt, string? refinement, long seed, CancellationToken cancellationToken)
    {
        Retries.Add((attempt.Id, refinement, seed));
        int running = Interlocked.Increment(ref _running);
        InterlockedMax(running);
        await Task.Yield();
        Interlocked.Decrement(ref _running);
        return refinement is null ? 0.2 : Worth(Readable(refinement));
    }

    private void InterlockedMax(int running)
    {
        int most = _most;
        while (running > most)
        {
            most = Interlocked.CompareExchange(ref _most, running, most);
        }
    }
}
