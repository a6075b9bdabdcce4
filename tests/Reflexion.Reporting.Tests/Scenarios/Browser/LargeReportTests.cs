using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>A large report does no more work at once than a small one. How long it takes is printed, and not judged.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LargeReportTests(Chromium chromium, SampleReports reports, ITestOutputHelper output)
{
    private const int MostNodes = 5_000;

    [BrowserFact]
    public async Task A_file_of_five_megabytes_opens_and_filters_with_little_work()
    {
        SampleReport sample = await reports.Large;
        new FileInfo(sample.Path).Length.Should().BeGreaterThan(5_000_000);
        await using ReportPage report = await chromium.OpenAsync(sample.Path);
        output.WriteLine($"{new FileInfo(sample.Path).Length:N0} bytes, {sample.Result.Episodes.Length:N0} episodes; interactive after {await Milliseconds(report, "performance.timing.domComplete - performance.timing.navigationStart")} ms");
        foreach (string view in ReportPage.Views)
        {
            int milliseconds = await Milliseconds(report, $$"""await (async () => { const start = performance.now(); document.querySelector('[role=tab][data-view={{view}}]').click(); await new Promise(done => requestAnimationFrame(() => setTimeout(done))); return performance.now() - start; })()""");
            int nodes = await NodesAsync(report, view);
            output.WriteLine($"{view,-14} {milliseconds,6} ms {nodes,7:N0} nodes");
            nodes.Should().BeInRange(10, MostNodes, "of the view {0}", view);
        }

        foreach (string view in new[] { "heatmap", "trials", "lessons" })
        {
            await report.ShowAsync(view);
            foreach (string text in new[] { "harbour", "task-077", "" })
            {
                int milliseconds = await Milliseconds(report, $$"""
                    await (async () => {
                      const input = document.querySelector('section[data-view={{view}}] [data-filter=text]');
                      const status = document.querySelector('section[data-view={{view}}] [role=status]');
                      const start = performance.now();
                      const changed = new Promise(done => new MutationObserver(done).observe(status, { childList: true }));
                      input.value = '{{text}}';
                      input.dispatchEvent(new Event('input', { bubbles: true }));
                      await changed;
                      await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                      return performance.now() - start;
                    })()
                    """);
                output.WriteLine($"{view,-14} {milliseconds,6} ms to filter by '{text}': {await report.View(view).Locator("[role=status]").InnerTextAsync()}");
                (await NodesAsync(report, view)).Should().BeLessThan(MostNodes, "of the view {0}", view);
            }
        }

        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task What_lies_further_down_comes_as_it_is_scrolled_to()
    {
        SampleReport sample = await reports.Large;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "heatmap");
        int atFirst = await report.Page.Locator("[data-cell]").CountAsync();
        int all = ShownCell.Of(sample.Result.Episodes).Count();
        atFirst.Should().BeLessThan(all);

        (await ShownCell.ReadAsync(report)).Should().HaveCount(all);
    }

    private static async Task<int> Milliseconds(ReportPage report, string expression) => (int)await report.Page.EvaluateAsync<double>($"async () => {expression}");

    private static Task<int> NodesAsync(ReportPage report, string view) =>
        report.Page.EvaluateAsync<int>($"() => document.querySelectorAll('section[data-view={view}] *').length");
}
