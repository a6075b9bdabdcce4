using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Benchmarks;

/// <summary>How long a recall takes in a memory with many lessons, beside the same query written by hand in SQL.</summary>
/// <remarks>The two take turns query by query, so that whatever else the machine does meets both.</remarks>
internal static class RecallRun
{
    private const int WarmUps = 30;
    private const int Queries = 400;

    internal static async Task RunAsync(int lessons, string kind)
    {
        await using RecallStore store = RecallStore.Create(kind);
        long started = Stopwatch.GetTimestamp();
        await store.FillAsync(lessons);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lessons} lessons in {kind}, put there in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; {Queries} queries each"));
        Console.WriteLine("query                             p50 ms  by hand   ratio    p99 ms  by hand   ratio");
        await MeasureAsync(
            "latest of the task",
            i => store.Memory.RecallAsync(QueryOf(lessons, i)).AsTask(),
            i => store.OfTaskByHandAsync(RecallCorpus.Agent(NumberOf(lessons, i)), RecallCorpus.Task(NumberOf(lessons, i))));
        await MeasureAsync(
            "latest of the agent",
            i => store.Memory.RecallAsync(QueryOf(lessons, i) with { Breadth = LessonBreadth.Agent }).AsTask(),
            i => store.OfAgentByHandAsync(RecallCorpus.Agent(NumberOf(lessons, i))));
        await MeasureAsync(
            "of the agent, by relevance",
            i => store.Memory.RecallAsync(QueryOf(lessons, i) with { Breadth = LessonBreadth.Agent, Text = RecallCorpus.Query(i) }).AsTask(),
            i => store.ByWordsByHandAsync(RecallCorpus.Agent(NumberOf(lessons, i)), RecallCorpus.Query(i)));
    }

    private static async Task MeasureAsync<TOne, TOther>(string name, Func<int, Task<TOne>> memory, Func<int, Task<TOther>> byHand)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        for (int i = -WarmUps; i < Queries; i++)
        {
            // Who comes first finds the pages cold.
            double one = i % 2 == 0 ? await TimeAsync(() => memory(Math.Abs(i))) : 0;
            double other = await TimeAsync(() => byHand(Math.Abs(i)));
            one = i % 2 == 0 ? one : await TimeAsync(() => memory(Math.Abs(i)));
            if (i >= 0)
            {
                ours.Add(one);
                theirs.Add(other);
            }
        }

        (double p50, double p99) = (At(ours, 0.5), At(ours, 0.99));
        (double hand50, double hand99) = (At(theirs, 0.5), At(theirs, 0.99));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-30} {p50,9:0.000} {hand50,8:0.000} {p50 / hand50,7:0.00} {p99,9:0.000} {hand99,8:0.000} {p99 / hand99,7:0.00}"));
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        long started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));

    private static LessonQuery QueryOf(int lessons, int i) =>
        new(new("tenant", RecallCorpus.Agent(NumberOf(lessons, i)), RecallCorpus.Task(NumberOf(lessons, i))));

    // Spread over the memory, and the same in every run.
    private static int NumberOf(int lessons, int i) => 1 + (int)((i + 1) * 7_919L % lessons);
}
