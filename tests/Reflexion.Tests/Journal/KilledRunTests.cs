using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Real processes, killed at random instants, and what is left of their episodes.</summary>
public class KilledRunTests(ITestOutputHelper output)
{
    private const int Episodes = 20;
    private const int Kills = 200;
    private const int KillsPerRun = 100;

    // Three episodes at once, each with at most two votes in flight.
    private const int InFlight = 6;

    [Fact]
    public async Task Runs_killed_two_hundred_times_come_to_what_they_would_have_come_to()
    {
        int runs = 0;
        int kills = 0;
        int repaid = 0;

        // How far a process gets before the kill reaches it depends on the machine, and so does how many runs it takes.
        async Task KillOnAndOnAsync()
        {
            while (Volatile.Read(ref kills) < Kills)
            {
                Interlocked.Add(ref repaid, await KillAndResumeAsync(
                    seed: Interlocked.Increment(ref runs), () => Volatile.Read(ref kills) < Kills, () => Interlocked.Increment(ref kills)));
            }
        }

        await Task.WhenAll(KillOnAndOnAsync(), KillOnAndOnAsync());

        output.WriteLine($"{runs} runs of {Episodes} episodes, {kills} kills, {repaid} calls repaid");
        kills.Should().BeGreaterThanOrEqualTo(Kills);
    }

    /// <returns>How many calls were repaid.</returns>
    private static async Task<int> KillAndResumeAsync(int seed, Func<bool> isToBeKilled, Action killed)
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        (await RunAsync(whole.Path, seed, int.MaxValue, TimeSpan.Zero)).Should().BeTrue();
        int calls = CallsOf(whole);
        var random = new Random(seed);
        int lost = 0;
        for (int left = KillsPerRun; ; left = Math.Max(1, left - 1))
        {
            int todo = calls - (CallsOf(broken) - lost);
            int served = random.Next(1, Math.Max(1, todo / left) + 1);
            if (await RunAsync(broken.Path, seed, isToBeKilled() ? served : int.MaxValue, TimeSpan.FromMilliseconds(random.Next(10))))
            {
                break;
            }

            killed();
            int lostNow = CallsOf(broken) - RecordedCallsOf(broken);
            (lostNow - lost).Should().BeInRange(0, InFlight, "no more is lost than was in flight");
            lost = lostNow;
        }

        (CallsOf(broken) - calls).Should().Be(lost, "what was lost is paid again, and nothing else");
        (await ResultsOf(broken)).Should().Equal(await ResultsOf(whole));
        (await LessonsOf(broken)).Should().Equal(await LessonsOf(whole));
        return lost;
    }

    /// <summary>Runs the worker until it ends or has served so many calls; a moment later it is killed, wherever it has got to.</summary>
    /// <returns>Whether it came to its end.</returns>
    private static async Task<bool> RunAsync(string folder, int seed, int callsBeforeKill, TimeSpan moment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { WorkerPath(), "episodes", folder, seed.ToString(CultureInfo.InvariantCulture), Episodes.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A process that lives for a moment gains nothing from code that learns.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process worker = Process.Start(start)!;
        Task<string> errors = worker.StandardError.ReadToEndAsync();
        bool wasKilled = false;
        for (int served = 0; await worker.StandardOutput.ReadLineAsync() is not null;)
        {
            if (++served == callsBeforeKill)
            {
                await Task.Delay(moment);
                worker.Kill();
                wasKilled = true;
            }
        }

        await worker.WaitForExitAsync();
        (await errors).Should().BeEmpty();
        return !wasKilled || worker.ExitCode == 0;
    }

    private static int CallsOf(TemporaryFolder folder) =>
        File.Exists(folder.File("calls.log")) ? File.ReadAllBytes(folder.File("calls.log")).Count(unit => unit == '\n') : 0;

    private static int RecordedCallsOf(TemporaryFolder folder) => Directory.Exists(folder.File("journal"))
        ? Directory.GetFiles(folder.File("journal"), "*.jsonl").Sum(file => File.ReadAllText(file).Split('\n')[..^1].Count(line => line.Contains("\"kind\":\"ModelCalled\"", StringComparison.Ordinal)))
        : 0;

    private static async Task<List<string>> ResultsOf(TemporaryFolder folder)
    {
        var journal = new FileEpisodeJournal(folder.File("journal"));
        var results = new List<string>();
        await foreach (JournaledEpisode listed in journal.ListAsync())
        {
            listed.State.Should().Be(EpisodeState.Ended);
            results.Add(EpisodeJson.Serialize((await journal.ReadEpisodeAsync(listed.EpisodeId))!));
        }

        results.Should().HaveCount(Episodes);
        return results;
    }

    private static async Task<List<string>> LessonsOf(TemporaryFolder folder)
    {
        await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"));
        using var text = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(await memory.ExportAsync(), text);

        // Episodes run side by side, so the order in which they learn differs.
        return [.. System.Text.Encoding.UTF8.GetString(text.ToArray()).Split('\n').Select(line => line).Order(StringComparer.Ordinal)];
    }

    private static string WorkerPath() => Path.Combine(
        AppContext.BaseDirectory.Replace(
            $"{Path.DirectorySeparatorChar}Reflexion.Tests{Path.DirectorySeparatorChar}",
            $"{Path.DirectorySeparatorChar}Reflexion.Tests.Worker{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal),
        "Reflexion.Tests.Worker.dll");
}
