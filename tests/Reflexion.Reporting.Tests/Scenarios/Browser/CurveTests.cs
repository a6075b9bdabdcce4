using System.Globalization;
using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class CurveTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task Points_are_those_of_the_analysis()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        (await ShownCurve.ReadAsync(report)).Should().BeEquivalentTo(ShownCurve.Of(sample.Analysis));
    }

    [BrowserFact]
    public async Task The_table_holds_the_numbers_of_the_chart()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);
        ILocator table = report.View("curves").Locator("table[data-table=curves]");

        foreach (ArmAnalysis arm in sample.Analysis.Arms)
        {
            foreach (SolvedCurvePoint point in arm.Curve)
            {
                string cell = Plain(await table.Locator($"[data-arm='{arm.Arm}'][data-trial='{point.Trial}']").InnerTextAsync());
                cell.Should().Contain($"{point.Solved}/{point.Episodes}");
                cell.Should().Contain(Percent(point.Share.Value)).And.Contain($"[{Percent(point.Share.Low)}, {Percent(point.Share.High)}]");
            }
        }
    }

    [BrowserFact]
    public async Task The_baseline_is_named_and_lines_can_be_left_out_and_put_back()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);
        ILocator legend = report.View("curves").Locator("figure").First.Locator("button[aria-pressed]");
        (await legend.AllInnerTextsAsync()).Should().ContainSingle(text => text.Contains("baseline", StringComparison.Ordinal)).Which.Should().Contain("retry");

        await legend.Last.ClickAsync();

        string left = sample.Result.Arms[^1].Name;
        (await ShownCurve.ReadAsync(report)).Should().BeEquivalentTo(ShownCurve.Of(sample.Analysis).Where(point => point.Arm != left));
        await legend.Last.ClickAsync();
        (await ShownCurve.ReadAsync(report)).Should().HaveCount(sample.Analysis.Arms.Sum(arm => arm.Curve.Length));
    }

    [BrowserFact]
    public async Task A_dozen_lines_are_told_apart_without_colour()
    {
        using var folder = new TemporaryFolder();
        ExperimentResult result = ExperimentSamples.Create(new() { Arms = [.. Enumerable.Range(1, 12).Select(i => $"arm {i}")], Tasks = 4, Seeds = 1 });
        SampleReport sample = await SampleReport.WriteAsync(result, folder.File("dozen.html"), new() { Analysis = new() { Bootstrap = new() { Resamples = 100 } } });
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        string[] looks = await report.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('svg[data-chart=curves] g[role=list]')].map(line => {
              const marker = line.querySelector('.marker');
              return [getComputedStyle(line.querySelector('polyline')).strokeDasharray, marker.getAttribute('d').replace(/^M[\d.-]+ [\d.-]+/, '')].join();
            })
            """);

        looks.Should().HaveCount(12).And.OnlyHaveUniqueItems();
    }

    [BrowserFact]
    public async Task Every_marker_can_be_seen()
    {
        using var folder = new TemporaryFolder();
        ExperimentResult result = ExperimentSamples.Create(new() { Arms = [.. Enumerable.Range(1, 6).Select(i => $"arm {i}")], Tasks = 4, Seeds = 1 });
        SampleReport sample = await SampleReport.WriteAsync(result, folder.File("six.html"), new() { Analysis = new() { Bootstrap = new() { Resamples = 100 } } });
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        // An open shape is seen by its stroke alone, a closed one by its fill too.
        string[] unseen = await report.Page.EvaluateAsync<string[]>("""
            () => {
              const paper = getComputedStyle(document.querySelector('figure')).backgroundColor;
              return [...document.querySelectorAll('svg[data-chart=curves] .marker')].filter(marker => {
                const { fill, stroke } = getComputedStyle(marker);
                const isClosed = /[za]/i.test(marker.getAttribute('d'));
                return stroke === paper && (!isClosed || fill === paper);
              }).map(marker => marker.getAttribute('d'));
            }
            """);

        unseen.Should().BeEmpty();
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static string Plain(string text) => text.Replace('\u202F', ' ');
}
