using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Tests;

/// <summary>Several real processes on one file, some of them killed.</summary>
public sealed class SharedFileTests : IDisposable
{
    private static readonly FileMemoryOptions Options = new()
    {
        MaxLessonsPerTask = int.MaxValue,
        MaxLessons = int.MaxValue,
        LockTimeout = TimeSpan.FromMinutes(1),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_processes_share_the_file_and_some_are_killed()
    {
        string path = _folder.File("memory.jsonl");
        const int Count = 120;

        // Each is killed after so many acknowledgements: two never, two in full flow.
        int[] killAfter = [int.MaxValue, 25, int.MaxValue, 70];
        HashSet<string>[] acknowledged = await Task.WhenAll(killAfter.Select((limit, worker) => Run(path, $"w{worker}", Count, limit)));

        await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(path, Options);
        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Select(lesson => lesson.Text).Should().OnlyHaveUniqueItems()
            .And.Contain(acknowledged.SelectMany(texts => texts));
        snapshot.Lessons.Should().OnlyContain(lesson => lesson.Provenances.Length == 1);
        acknowledged[0].Should().HaveCount(Count);
        acknowledged[2].Should().HaveCount(Count);
        acknowledged[1].Should().HaveCountGreaterThanOrEqualTo(25).And.HaveCountLessThan(Count);

        // Per process the file holds its lessons in order, without a gap.
        foreach (int worker in Enumerable.Range(0, killAfter.Length))
        {
            snapshot.Lessons.Where(lesson => lesson.Provenances[0].EpisodeId == $"w{worker}").Select(lesson => lesson.Provenances[0].Trial)
                .Should().Equal(Enumerable.Range(1, snapshot.Lessons.Count(lesson => lesson.Provenances[0].EpisodeId == $"w{worker}")));
        }
    }

    private static async Task<HashSet<string>> Run(string path, string name, int count, int killAfter)
    {
        using Process worker = WorkerProcess.Start("dotnet", [WorkerProcess.Path, path, name, count.ToString(CultureInfo.InvariantCulture)]);
        Task<string> errors = worker.StandardError.ReadToEndAsync();
        var acknowledged = new HashSet<string>();
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add($"lesson {name} {line}");
            if (acknowledged.Count == killAfter)
            {
                worker.Kill();
            }
        }

        await worker.WaitForExitAsync();
        (await errors).Should().BeEmpty();
        return acknowledged;
    }
}
