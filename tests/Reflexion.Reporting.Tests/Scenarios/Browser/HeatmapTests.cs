using System.Globalization;
using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class HeatmapTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task Cells_are_the_trials_of_the_records()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "heatmap");

        await ShouldShowAsync(report, sample.Result.Episodes);
    }

    [BrowserFact]
    public async Task Cells_tell_their_outcome_by_a_sign_and_in_words()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path, "heatmap");

        string[][] cells = await report.Page.EvaluateAsync<string[][]>(
            "() => [...document.querySelectorAll('[data-cell]')].map(cell => [cell.dataset.outcome, cell.textContent, cell.getAttribute('aria-label')])");

        cells.Should().OnlyContain(cell => cell[2].Contains(cell[0], StringComparison.Ordinal));
        cells.Select(cell => (cell[0], cell[1])).Distinct().Should().OnlyHaveUniqueItems(cell => cell.Item1).And.OnlyHaveUniqueItems(cell => cell.Item2);
    }

    [BrowserFact]
    public async Task Filters_leave_what_they_say()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "heatmap");
        (string arm, int seed) = (sample.Result.Arms[^1].Name, sample.Result.Seeds[^1]);

        await Filter(report, "arm").SelectOptionAsync(arm);
        await ShouldShowAsync(report, sample.Result.EpisodesOf(arm));

        await Filter(report, "seed").SelectOptionAsync(seed.ToString(CultureInfo.InvariantCulture));
        await ShouldShowAsync(report, sample.Result.EpisodesOf(arm).Where(episode => episode.Seed == seed));

        await Filter(report, "outcome").SelectOptionAsync("Solved");
        ShownCell.ShouldBeSame(
            await ShownCell.ReadAsync(report),
            ShownCell.Of(sample.Result.EpisodesOf(arm).Where(episode => episode.Seed == seed)).Where(cell => cell.Outcome == "Solved"));

        await Filter(report, "outcome").SelectOptionAsync("");
        await Filter(report, "seed").SelectOptionAsync("");
        await Filter(report, "arm").SelectOptionAsync("");
        string task = sample.Result.Tasks[3].Id;
        await FilterTextAsync(report, task.ToUpperInvariant());
        await ShouldShowAsync(report, sample.Result.Episodes.Where(episode => episode.TaskId == task));
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_filter_that_leaves_nothing_says_so()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path, "heatmap");

        await FilterTextAsync(report, "no such text anywhere");

        (await ShownCell.ReadAsync(report)).Should().BeEmpty();
        (await report.View("heatmap").Locator("[role=status]").InnerTextAsync()).Should().StartWith("0 tasks");
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_cell_opens_its_trial_and_Escape_leads_back_to_it()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "heatmap");
        ILocator cell = report.Page.Locator("[data-cell][data-trial='2']").First;
        string task = (await cell.GetAttributeAsync("data-task"))!;

        await cell.ClickAsync();
        await report.View("trials").WaitForAsync();

        (await report.View("trials").Locator("article h3").InnerTextAsync()).Should().Be(task);
        (await report.View("trials").Locator("[aria-current=page]").InnerTextAsync()).Should().Contain("Trial 2");
        await report.Page.Keyboard.PressAsync("Escape");
        await report.View("heatmap").WaitForAsync();
        (await FocusedAsync(report)).Should().Be($"{task}/2");
    }

    [BrowserFact]
    public async Task Arrow_keys_move_between_cells_and_Enter_opens_one()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "heatmap");
        (await report.Page.Locator("[data-cell][tabindex='0']").CountAsync()).Should().Be(1, "the grid is one stop of the focus");
        await report.Page.Locator("[data-cell][tabindex='0']").FocusAsync();
        string[] tasks = [.. sample.Result.Tasks.Select(task => task.Id)];

        await report.Page.Keyboard.PressAsync("ArrowDown");
        (await FocusedAsync(report)).Should().Be($"{tasks[1]}/1");
        await report.Page.Keyboard.PressAsync("ArrowDown");
        await report.Page.Keyboard.PressAsync("ArrowUp");
        (await FocusedAsync(report)).Should().Be($"{tasks[1]}/1");
        await report.Page.Keyboard.PressAsync("Home");
        await report.Page.Keyboard.PressAsync("ArrowLeft");
        (await FocusedAsync(report)).Should().Be($"{tasks[1]}/1", "there is nothing to the left");
        await report.Page.Keyboard.PressAsync("Control+End");
        (await FocusedAsync(report)).Should().StartWith(tasks[^1]);
        (await report.Page.Locator("[data-cell][tabindex='0']").CountAsync()).Should().Be(1);

        await report.Page.Keyboard.PressAsync("Enter");
        await report.View("trials").WaitForAsync();
        (await report.View("trials").Locator("article h3").InnerTextAsync()).Should().Be(tasks[^1]);
    }

    internal static ILocator Filter(ReportPage report, string name, string view = "heatmap") => report.View(view).Locator($"[data-filter={name}]");

    internal static async Task FilterTextAsync(ReportPage report, string text, string view = "heatmap")
    {
        ILocator status = report.View(view).Locator("[role=status]");
        string before = await status.InnerTextAsync();
        await Filter(report, "text", view).FillAsync(text);
        await report.Page.WaitForFunctionAsync("([view, before]) => document.querySelector(`section[data-view=${view}] [role=status]`).innerText !== before", new[] { view, before });
    }

    private static async Task ShouldShowAsync(ReportPage report, IEnumerable<EpisodeRecord> episodes) =>
        ShownCell.ShouldBeSame(await ShownCell.ReadAsync(report), ShownCell.Of(episodes));

    private static Task<string> FocusedAsync(ReportPage report) =>
        report.Page.EvaluateAsync<string>("() => `${document.activeElement.dataset.task}/${document.activeElement.dataset.trial}`");
}
