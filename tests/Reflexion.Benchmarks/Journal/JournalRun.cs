using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Benchmarks;

/// <summary>Appends a second to a journal, beside what the bare store does with the same bytes, by one writer and by sixteen.</summary>
internal static class JournalRun
{
    private const int Rounds = 7;
    private const int Writers = 16;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(700);

    public static async Task RunAsync(string name)
    {
        await using JournalStore store = name switch
        {
            "file" => new FileJournalStore(),
            "sqlite" => new SqliteJournalStore(),
            "postgresql" => new PostgreSqlJournalStore(),
            _ => throw new ArgumentException($"There is no store called {name}; it is file, sqlite or postgresql.", nameof(name)),
        };
        Console.WriteLine($"{name}: medians of {Rounds} rounds of {RoundLength.TotalMilliseconds:0} ms each, in turns; an entry has {JournalStore.Payload.Length} bytes of payload");
        Console.WriteLine("writers  bare commits/s  appends/s  ratio (range)");
        foreach (int writers in new[] { 1, Writers })
        {
            await MeasureAsync(store, writers);
        }
    }

    private static async Task MeasureAsync(JournalStore store, int writers)
    {
        await store.OpenAsync(writers);
        await RateAsync(writers, store.CommitAsync);
        await RateAsync(writers, store.AppendAsync);
        var rounds = new List<(double Bare, double Journal)>();
        for (int round = 0; round < Rounds; round++)
        {
            double bare = await RateAsync(writers, store.CommitAsync);
            rounds.Add((bare, await RateAsync(writers, store.AppendAsync)));
        }

        double[] ratios = [.. rounds.Select(round => round.Journal / round.Bare).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{writers,7}  {Median(rounds.Select(round => round.Bare)),14:0}  {Median(rounds.Select(round => round.Journal)),9:0}  {Median(ratios),5:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})"));
    }

    private static async Task<double> RateAsync(int writers, Func<int, Task> write)
    {
        var clock = Stopwatch.StartNew();
        int[] done = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            int count = 0;
            for (; clock.Elapsed < RoundLength; count++)
            {
                await write(writer);
            }

            return count;
        })));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
