using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Benchmarks;

/// <summary>Many episodes at once over one agent and one memory, on a model that takes a while: throughput beside the ideal.</summary>
/// <remarks>The ideal is every episode running as if it were alone on a machine that takes no time: calls × latency.</remarks>
internal static class ConcurrencyRun
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    internal static async Task RunAsync(int episodes)
    {
        // Compiled code and a grown thread pool are what a long-running application has.
        await MeasureAsync(episodes / 10);
        (TimeSpan elapsed, MemorySnapshot memory, int finished, long peak) = await MeasureAsync(episodes);

        TimeSpan ideal = LoopWorkload.CallsPerEpisode * Latency;
        int expected = episodes * (LoopWorkload.Trials - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            episodes at once      {episodes}, {LoopWorkload.Trials} trials of {LoopWorkload.StepsPerTrial} steps each, {Latency.TotalMilliseconds} ms a call
            elapsed               {elapsed.TotalSeconds:0.000} s, ideal {ideal.TotalSeconds:0.000} s
            share of the ideal    {ideal / elapsed:P1}
            calls a second        {episodes * LoopWorkload.CallsPerEpisode / elapsed.TotalSeconds:0}
            episodes finished     {finished}
            lessons               {memory.Lessons.Length} of {expected}, {memory.Lessons.Select(lesson => lesson.Scope.TaskId + lesson.Provenances[0].Trial).Distinct().Count()} different
            working set, peak     {peak / 1048576.0:0} MiB
            """));
    }

    private static async Task<(TimeSpan Elapsed, MemorySnapshot Memory, int Finished, long Peak)> MeasureAsync(int episodes)
    {
        var memory = new InMemoryEpisodicMemory();
        ReflexionAgent agent = LoopWorkload.Agent(LoopWorkload.Model(Latency), memory);
        long started = Stopwatch.GetTimestamp();
        Episode[] results = await Task.WhenAll(Enumerable.Range(0, episodes).Select(i => agent.RunAsync(new AgentTask($"river-{i}", "Which river flows through Vienna?"))));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        using var process = Process.GetCurrentProcess();
        return (elapsed, await memory.ExportAsync(), results.Count(episode => episode.StopReason == StopReason.TrialLimit), process.PeakWorkingSet64);
    }
}
