using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class LayoutTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task On_a_phone_no_view_scrolls_sideways()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, options: Chromium.Phone());
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            await HostileTextTests.OpenDetailsAsync(report);
            (await report.AuditAsync("overflow")).Should().BeEmpty("of the view {0}", view);
        }

        EpisodeRecord episode = sample.Result.Episodes.First(episode => episode.LastTrial > 1);
        await sample.OpenTrialAsync(report, episode, 2);
        (await report.AuditAsync("overflow")).Should().BeEmpty("of a trial");
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task On_a_phone_every_control_is_large_enough_to_be_touched()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path, options: Chromium.Phone());
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            // WCAG 2.2, 2.5.8: 24 by 24 pixels.
            string[] small = await report.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('button, input, select, [role=tab], summary')].filter(control => control.checkVisibility())
                  .map(control => [control, control.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24)
                  .map(([control, box]) => `${control.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)
                """);
            small.Should().BeEmpty("of the view {0}", view);
        }
    }

    [BrowserFact]
    public async Task Paper_shows_every_view_with_all_curves_and_tables()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        byte[] pdf = await report.Page.PdfAsync();

        pdf.Should().StartWith("%PDF-"u8.ToArray());
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await report.ShownAsync()).Should().Contain(["curves", "costs", "configuration"]);
        (await report.Page.Locator("svg[data-chart=curves] [data-solved]:visible").CountAsync()).Should().Be(sample.Analysis.Arms.Sum(arm => arm.Curve.Length));
        (await report.Page.Locator("table[data-table=curves]:visible").CountAsync()).Should().Be(1);
        (await report.Page.Locator("[role=tablist]:visible, [data-action=theme]:visible").CountAsync()).Should().Be(0, "nobody presses a button on paper");
        (await report.AuditAsync("contrast")).Should().BeEmpty();
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Paper_is_light_where_the_screen_is_dark()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path, options: Chromium.Desktop(ColorScheme.Dark));

        await report.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        string ink = await report.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h1')).color");
        ink.Split(['(', ',', ')'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(3)
            .Select(channel => double.Parse(channel, System.Globalization.CultureInfo.InvariantCulture)).Should().OnlyContain(channel => channel < 128, "the ink is {0}", ink);
    }
}
