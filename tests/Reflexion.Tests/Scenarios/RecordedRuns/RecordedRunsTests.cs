using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The runs that the authors of the Reflexion paper recorded come out of the real loop as they were recorded.</summary>
public class RecordedRunsTests(ITestOutputHelper output)
{
    [SharedFact("data/recorded")]
    public async Task Every_recorded_outcome_and_curve_comes_out_of_the_loop()
    {
        IGrouping<string, RecordedRun>[] domains = [.. RecordedRun.ReadAll(SharedFolder.PathOf("data/recorded"))];
        domains.Should().NotBeEmpty();
        output.WriteLine($"{"run",-52} {"lines",5} {"equal",5} {"actions equal",15} {"quarantined",11}  solved after each trial");
        foreach (IGrouping<string, RecordedRun> domain in domains)
        {
            ExperimentResult result = await RecordedReplay.RunAsync(domain.Key, [.. domain]);
            foreach (RecordedRun run in domain)
            {
                Check(run, result);
            }
        }
    }

    private void Check(RecordedRun run, ExperimentResult result)
    {
        ReplayedLine[] replayed = [.. run.Episodes.SelectMany(episode => Beside(run, episode.Lines, result.Find(run.Arm.Name, episode.Id, 0)!))];
        int[] curve = [.. SolvedCurve.Of(result.EpisodesOf(run.Arm.Name).Where(episode => episode.Episode is not null)).Select(point => point.Solved)];
        int actions = replayed.Sum(line => line.EqualActions);
        int recordedActions = replayed.Sum(line => line.Recorded.Steps.Length);
        int quarantined = result.Memories.Single(memory => memory.Arm == run.Arm.Name).Snapshot.Quarantine.Length;
        output.WriteLine($"{run.Domain + " " + run.Arm.Name,-52} {run.LineCount,5} {replayed.Count(line => line.Agrees),5} {$"{actions} of {recordedActions}",15} {quarantined,11}  {string.Join(' ', curve)}");
        replayed.Should().HaveCount(run.LineCount);
        replayed.Where(line => !line.Agrees).Select(line => line.ToString()).Should().BeEmpty("every line of {0} comes out as recorded", run.Arm.Name);
        curve.Should().Equal(run.Curve);
        actions.Should().BeGreaterThanOrEqualTo((int)(0.99 * recordedActions), "what models write is read as it was meant");
        ShowsLessons(replayed);
    }

    private static IEnumerable<ReplayedLine> Beside(RecordedRun run, RecordedLine[] lines, EpisodeRecord record)
    {
        Episode episode = record.Episode!.EnsureNotFailed();
        episode.Trials.Should().HaveCount(lines.Length, "{0} is replayed to its end", record.EpisodeId);
        return lines.Select(line => new ReplayedLine(line, episode.Trials.SingleOrDefault(trial => trial.Number == run.NumberOf(line))));
    }

    /// <summary>What was learnt from one trial stands in the prompt of the next.</summary>
    private static void ShowsLessons(IReadOnlyList<ReplayedLine> replayed)
    {
        foreach ((ReplayedLine line, ReplayedLine next) in replayed.Zip(replayed.Skip(1)))
        {
            if (line.Recorded.Task == next.Recorded.Task && line.Trial?.Lesson is { } lesson)
            {
                next.Trial!.Prompt.ToString().Should().Contain(lesson.Text.Replace("</lessons", "<\\/lessons", StringComparison.OrdinalIgnoreCase));
            }
        }
    }
}
