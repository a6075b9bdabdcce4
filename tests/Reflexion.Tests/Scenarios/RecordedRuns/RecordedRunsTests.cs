using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The runs that the authors of the Reflexion paper recorded come out of the real loop as they were recorded.</summary>
public class RecordedRunsTests(ITestOutputHelper output)
{
    [SharedFact("data/recorded")]
    public async Task Every_recorded_outcome_and_curve_comes_out_of_the_loop()
    {
        string[] files = Directory.GetFiles(SharedFolder.PathOf("data/recorded"), "hotpotqa-*.jsonl");
        files.Should().NotBeEmpty();
        output.WriteLine($"{"file",-48} {"lines",5} {"equal",5} {"actions equal",15} {"quarantined",11}  solved after each trial");
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            var run = new RecordedRun(RecordedLine.ReadAll(file));

            IReadOnlyList<ReplayedLine> replayed = await run.ReplayAsync();

            int[] curve = [.. run.Curve(replayed.Where(line => line.Solved).Select(line => line.Recorded.Trial))];
            int actions = replayed.Sum(line => line.EqualActions);
            int recordedActions = run.Lines.Sum(line => line.Steps.Count);
            output.WriteLine($"{Path.GetFileName(file),-48} {run.Lines.Count,5} {replayed.Count(line => line.Agrees),5} {$"{actions} of {recordedActions}",15} {replayed.Sum(line => line.Quarantined),11}  {string.Join(' ', curve)}");
            replayed.Should().HaveCount(run.Lines.Count);
            replayed.Where(line => !line.Agrees).Select(line => $"{line.Recorded.QuestionId} trial {line.Recorded.Trial}: recorded {line.Recorded.Outcome}, replayed {line.Outcome}")
                .Should().BeEmpty("every line of {0} comes out as recorded", Path.GetFileName(file));
            curve.Should().Equal(run.RecordedCurve);
            actions.Should().BeGreaterThanOrEqualTo((int)(0.99 * recordedActions), "what models write is read as it was meant");
            ShowsLessons(replayed);
        }
    }

    /// <summary>What was learnt from one trial stands in the prompt of the next.</summary>
    private static void ShowsLessons(IReadOnlyList<ReplayedLine> replayed)
    {
        foreach ((ReplayedLine line, ReplayedLine next) in replayed.Zip(replayed.Skip(1)))
        {
            if (line.Recorded.QuestionId == next.Recorded.QuestionId && line.Trial?.Lesson is { } lesson)
            {
                next.Trial!.Prompt.ToString().Should().Contain(lesson.Text.Replace("</lessons", "<\\/lessons", StringComparison.OrdinalIgnoreCase));
            }
        }
    }
}
