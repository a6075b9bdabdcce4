using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Runs that the authors of the papers recorded, replayed and reported: the curves in the report are those of the files.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RecordedReportTests(Chromium chromium, ITestOutputHelper output)
{
    // Intervals are not looked at here, and drawing them from many samples takes long.
    private static readonly ReportOptions Quick = new() { Analysis = new() { Bootstrap = new() { Resamples = 100 } } };

    [BrowserFact("data/recorded")]
    public async Task Curves_in_page_and_document_are_those_of_the_files()
    {
        using var folder = new TemporaryFolder();
        IGrouping<string, RecordedRun>[] domains = [.. RecordedRun.ReadAll(SharedFolder.PathOf("data/recorded"))];
        domains.Should().NotBeEmpty();
        foreach (IGrouping<string, RecordedRun> domain in domains)
        {
            RecordedRun[] runs = [.. domain];
            SampleReport sample = await SampleReport.WriteAsync(await RecordedReplay.RunAsync(domain.Key, runs), folder.File($"{domain.Key}.html"), Quick);
            output.WriteLine($"{domain.Key}: {new FileInfo(sample.Path).Length:N0} bytes");
            ShownCurve[] recorded = [.. runs.SelectMany(Recorded)];

            (await WrittenAsync(Path.ChangeExtension(sample.Path, ".json"))).Should().BeEquivalentTo(recorded, "the document says what the files of {0} say", domain.Key);
            await using ReportPage report = await chromium.OpenAsync(sample.Path);
            (await ShownCurve.ReadAsync(report)).Should().BeEquivalentTo(recorded, "the page shows what the files of {0} say", domain.Key);
            await CheckCellsAsync(report, runs);
            report.Problems.Should().BeEmpty();
        }
    }

    /// <summary>Every recorded line is a cell, and there is no other.</summary>
    private static async Task CheckCellsAsync(ReportPage report, RecordedRun[] runs)
    {
        await report.ShowAsync("heatmap");
        IEnumerable<ShownCell> recorded = runs.SelectMany(run => run.Episodes.SelectMany(episode => episode.Lines.Select(line =>
            new ShownCell(episode.Id, run.Arm.Name, "0", run.NumberOf(line).ToString(CultureInfo.InvariantCulture), line.IsSolved ? "solved" : "not solved"))));
        ShownCell[] shown = await ShownCell.ReadAsync(report);
        ShownCell.ShouldBeSame(shown.Where(cell => cell.Trial != "0").Select(cell => cell with { Outcome = cell.Outcome == "Solved" ? "solved" : "not solved" }), recorded);
        shown.Where(cell => cell.Trial == "0" && cell.Outcome != "Unfinished").Should().BeEmpty("what was not recorded was not run");
    }

    private static IEnumerable<ShownCurve> Recorded(RecordedRun run) =>
        run.Curve.Select((solved, i) => new ShownCurve(run.Arm.Name, i + 1, solved, run.Tasks.Length));

    private static async Task<ShownCurve[]> WrittenAsync(string path)
    {
        await using FileStream input = File.OpenRead(path);
        using JsonDocument document = await JsonDocument.ParseAsync(input);
        return
        [
            .. from arm in document.RootElement.GetProperty("analysis").GetProperty("analysis").GetProperty("arms").EnumerateArray()
               from point in arm.GetProperty("curve").EnumerateArray()
               select new ShownCurve(
                   arm.GetProperty("arm").GetString()!, point.GetProperty("trial").GetInt32(), point.GetProperty("solved").GetInt32(), point.GetProperty("episodes").GetInt32()),
        ];
    }
}
