namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class HostileTextTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task Texts_of_others_stay_texts_in_every_view()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Hostile).Path);
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            await OpenDetailsAsync(report);

            (await report.AuditAsync("intruders")).Should().BeEmpty("of the view {0}", view);
            (await report.AuditAsync("invisible")).Should().BeEmpty("of the view {0}", view);
            (await report.AuditAsync("overflow")).Should().BeEmpty("of the view {0}", view);
        }

        report.Problems.Should().BeEmpty();
        report.Requests.Should().ContainSingle();
    }

    [BrowserFact]
    public async Task Trials_show_hostile_texts_as_they_are()
    {
        SampleReport sample = await reports.Hostile;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);
        foreach (EpisodeRecord episode in sample.Result.Episodes.Where(episode => episode.Episode is not null).Take(12))
        {
            await sample.OpenTrialAsync(report, episode, episode.LastTrial);
            await OpenDetailsAsync(report);

            string shown = (await report.View("trials").TextContentAsync())!;
            string thought = Visible(episode.Episode!.Trials[^1].Trajectory.Steps[0].Thought!);
            shown.Contains(thought, StringComparison.Ordinal).Should().BeTrue("the page shows '{0}'", thought);
            (await report.AuditAsync("intruders")).Should().BeEmpty();
            (await report.AuditAsync("invisible")).Should().BeEmpty();
            (await report.AuditAsync("overflow")).Should().BeEmpty();
        }

        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Hostile_texts_do_no_harm_on_a_phone_in_the_dark_either()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Hostile).Path, options: Chromium.Phone(Microsoft.Playwright.ColorScheme.Dark));
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            await OpenDetailsAsync(report);

            (await report.AuditAsync("overflow")).Should().BeEmpty("of the view {0}", view);
        }
    }

    [BrowserFact]
    public async Task Without_scripts_the_page_shows_the_curves_as_a_table_and_hostile_texts_as_texts()
    {
        SampleReport sample = await reports.Hostile;
        await using ReportPage report = await chromium.OpenUnscriptedAsync(sample.Path);

        int rows = await report.Page.Locator("table[data-table=curves] tbody tr:visible").CountAsync();

        rows.Should().Be(sample.Analysis.Arms.Sum(arm => arm.Curve.Length));
        (await report.Page.Locator("table[data-table=curves] tbody tr").First.Locator("th").InnerTextAsync()).Should().Contain(ExperimentSamples.HostileTexts[0]);
        report.Problems.Should().BeEmpty();
    }

    internal static async Task OpenDetailsAsync(ReportPage report) =>
        await report.Page.EvaluateAsync("() => document.querySelectorAll('section:not([hidden]) details').forEach(details => { details.open = true; })");

    // What cannot be seen is shown as a mark that names it.
    private static string Visible(string text) => string.Concat(text.Select(letter =>
        letter is '\n' or '\t' || !(char.IsControl(letter) || char.IsSurrogate(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
            ? letter.ToString() : $"\u27E8U+{(int)letter:X4}\u27E9"));
}
