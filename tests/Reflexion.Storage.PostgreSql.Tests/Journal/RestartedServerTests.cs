using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Runs whose server crashes under them and comes back.</summary>
public sealed class RestartedServerTests(ITestOutputHelper output) : IDisposable
{
    private const int Restarts = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ClusterFact]
    public async Task A_run_whose_server_crashes_again_and_again_comes_to_what_it_would_have_come_to()
    {
        await using TemporaryCluster cluster = await TemporaryCluster.StartNewAsync();
        var variables = new Dictionary<string, string> { ["REFLEXION_POSTGRESQL"] = cluster.ConnectionString };
        var whole = new WorkerRun("postgresql:whole", _folder.File("whole.log"), 5);
        var broken = new WorkerRun("postgresql:broken", _folder.File("broken.log"), 5);
        (await whole.RunAsync(variables: variables)).Should().Be((0, ""));

        int crashes = 0;
        (int exitCode, string failures) = await broken.RunAsync(
            calls: whole.Calls / (Restarts + 1),
            async _ =>
            {
                for (; crashes < Restarts; crashes++)
                {
                    await cluster.CrashAsync();
                    await cluster.StartAsync();
                    int goal = broken.Calls + (whole.Calls / (Restarts + 2));
                    for (int wait = 0; broken.Calls < goal && wait < 500; wait++)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(20));
                    }
                }
            },
            variables);

        output.WriteLine($"{crashes} crashes, {broken.Calls - whole.Calls} calls repaid; exit code {exitCode} {failures}");
        (exitCode, failures).Should().Be((0, ""), "what a restart breaks off is tried again");
        broken.Calls.Should().Be(whole.Calls, "a run that survives pays for nothing twice");
        await using PostgreSqlEpisodeJournal journal = await JournalAsync(cluster, "broken");
        await using PostgreSqlEpisodeJournal expected = await JournalAsync(cluster, "whole");
        (await WorkerRun.RecordedCallsAsync(journal)).Should().Be(whole.Calls);
        (await WorkerRun.ResultsAsync(journal)).Should().Equal(await WorkerRun.ResultsAsync(expected));
        await using var memory = new PostgreSqlEpisodicMemory(cluster.ConnectionString, new() { Schema = "broken" });
        await using var lessons = new PostgreSqlEpisodicMemory(cluster.ConnectionString, new() { Schema = "whole" });
        (await WorkerRun.LessonsAsync(memory)).Should().Equal(await WorkerRun.LessonsAsync(lessons));
    }

    private static ValueTask<PostgreSqlEpisodeJournal> JournalAsync(TemporaryCluster cluster, string schema) =>
        PostgreSqlEpisodeJournal.OpenAsync(cluster.ConnectionString, new() { Schema = schema });
}
