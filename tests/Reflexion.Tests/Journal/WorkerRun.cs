using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Tests;

/// <summary>A run of episodes in a process of its own, with what it leaves in a store, and the log of the model calls it paid for.</summary>
/// <param name="store">The store, as the worker calls it.</param>
/// <param name="log">The log.</param>
/// <param name="seed">What the model's replies follow from.</param>
internal sealed class WorkerRun(string store, string log, int seed)
{
    internal const int Episodes = 20;

    // Three episodes at once, each with at most two votes in flight.
    internal const int MostInFlight = 6;

    /// <summary>How many kills to try: <c>REFLEXION_KILLS</c>, else a few.</summary>
    internal static int Kills { get; } = int.TryParse(Environment.GetEnvironmentVariable("REFLEXION_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 20;

    /// <summary>The store.</summary>
    internal string Store => store;

    /// <summary>How many calls the model has served.</summary>
    internal int Calls => File.Exists(log) ? File.ReadAllBytes(log).Count(unit => unit == '\n') : 0;

    /// <summary>The worker's arguments.</summary>
    internal string[] Arguments =>
        [WorkerProcess.Path, "episodes", store, log, seed.ToString(CultureInfo.InvariantCulture), Episodes.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Runs the worker until it ends, and does something once it has served so many calls.</summary>
    /// <returns>Its exit code, and what it said of episodes that failed.</returns>
    internal async Task<(int ExitCode, string Failures)> RunAsync(
        int calls = int.MaxValue, Func<Process, Task>? then = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        using Process worker = WorkerProcess.Start("dotnet", Arguments, variables);
        Task<string> failures = worker.StandardError.ReadToEndAsync();
        Task done = Task.CompletedTask;
        for (int served = 0; await worker.StandardOutput.ReadLineAsync() is not null;)
        {
            if (++served == calls)
            {
                done = then!(worker);
            }
        }

        await done;
        await worker.WaitForExitAsync();
        return (worker.ExitCode, await failures);
    }

    /// <summary>How many calls are recorded; a call recorded twice counts twice.</summary>
    internal static async Task<int> RecordedCallsAsync(IEpisodeJournal journal)
    {
        int calls = 0;
        await foreach (JournaledEpisode episode in journal.ListAsync())
        {
            await foreach (JournalEntry entry in journal.ReadAsync(episode.EpisodeId))
            {
                calls += entry.Kind == JournalEntryKind.ModelCalled ? 1 : 0;
            }
        }

        return calls;
    }

    /// <summary>The episodes, all of which have ended.</summary>
    internal static async Task<List<string>> ResultsAsync(IEpisodeJournal journal)
    {
        var results = new List<string>();
        await foreach (JournaledEpisode listed in journal.ListAsync())
        {
            listed.State.Should().Be(EpisodeState.Ended);
            results.Add(EpisodeJson.Serialize((await journal.ReadEpisodeAsync(listed.EpisodeId))!));
        }

        results.Should().HaveCount(Episodes);
        return results;
    }

    /// <summary>What the memory holds. Episodes run side by side, so the order in which they learn differs.</summary>
    internal static async Task<List<string>> LessonsAsync(IEpisodicMemory memory)
    {
        using var text = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(await memory.ExportAsync(), text);
        return [.. System.Text.Encoding.UTF8.GetString(text.ToArray()).Split('\n').Order(StringComparer.Ordinal)];
    }
}
