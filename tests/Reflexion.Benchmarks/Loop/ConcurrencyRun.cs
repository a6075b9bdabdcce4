using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Benchmarks;

/// <summary>Many episodes at once over one agent and one memory, on a model that takes a while: throughput beside the ideal.</summary>
/// <remarks>
/// The ideal is that every episode runs as if it were alone on a machine that takes no time: calls × latency. Two runs warm
/// the code up and grow the thread pool, as in an application that has been running for a while.
/// </remarks>
internal static class ConcurrencyRun
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    internal static async Task RunAsync(int atOnce)
    {
        await MeasureAsync(atOnce);
        await MeasureAsync(atOnce);
        Console.WriteLine(await MeasureAsync(atOnce));
    }

    private static async Task<string> MeasureAsync(int atOnce)
    {
        var memory = new InMemoryEpisodicMemory();
        ReflexionAgent agent = LoopWorkload.Agent(LoopWorkload.Model(Latency), memory);
        using var process = Process.GetCurrentProcess();
        TimeSpan cpuBefore = process.TotalProcessorTime;
        TimeSpan pausedBefore = GC.GetTotalPauseDuration();
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        long started = Stopwatch.GetTimestamp();

        StopReason[] ended = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async i =>
            (await agent.RunAsync(new AgentTask($"river-{i}", "Which river flows through Vienna?"))).StopReason));

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        TimeSpan ideal = LoopWorkload.CallsPerEpisode * Latency;
        long calls = (long)atOnce * LoopWorkload.CallsPerEpisode;
        MemorySnapshot learnt = await memory.ExportAsync();
        return string.Create(CultureInfo.InvariantCulture, $"""
            episodes at once      {atOnce}, {LoopWorkload.Trials} trials of {LoopWorkload.StepsPerTrial} steps each, {Latency.TotalMilliseconds} ms a call
            elapsed               {elapsed.TotalSeconds:0.000} s, ideal {ideal.TotalSeconds:0.000} s: {ideal / elapsed:P1}
            calls a second        {calls / elapsed.TotalSeconds:0}
            processor time        {(process.TotalProcessorTime - cpuBefore).TotalMicroseconds / calls:0.0} µs a call; collections paused it for {(GC.GetTotalPauseDuration() - pausedBefore).TotalSeconds:0.00} s
            allocated             {(GC.GetTotalAllocatedBytes() - allocatedBefore) / calls} bytes a call; working set at its peak {process.PeakWorkingSet64 >> 20} MiB
            episodes finished     {ended.Count(reason => reason == StopReason.TrialLimit)}
            lessons               {learnt.Lessons.Length} of {atOnce * (LoopWorkload.Trials - 1)}; of one origin each: {learnt.Lessons.Count(lesson => lesson.Provenances.Length == 1)}
            """);
    }
}
