using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ContrastTests(Chromium chromium, SampleReports reports)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_can_be_read_in_the_theme_that_the_reader_prefers(ColorScheme scheme)
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, options: Chromium.Desktop(scheme));

        await CheckAsync(report, sample);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_other_theme_is_a_press_of_a_button_away(ColorScheme preferred)
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, options: Chromium.Desktop(preferred));
        double before = await BrightnessAsync(report);

        await report.Page.Locator("[data-action=theme]").ClickAsync();

        double after = await BrightnessAsync(report);
        (before > 0.5).Should().Be(preferred == ColorScheme.Light);
        (after > 0.5).Should().Be(preferred == ColorScheme.Dark);
        await CheckAsync(report, sample);
    }

    private static async Task CheckAsync(ReportPage report, SampleReport sample)
    {
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            await HostileTextTests.OpenDetailsAsync(report);
            (await report.AuditAsync("contrast")).Should().BeEmpty("of the view {0}", view);
        }

        EpisodeRecord episode = sample.Result.Episodes.First(episode => episode.LastTrial > 1);
        await sample.OpenTrialAsync(report, episode, 2);
        (await report.AuditAsync("contrast")).Should().BeEmpty("of a trial");
    }

    private static Task<double> BrightnessAsync(ReportPage report) => report.Page.EvaluateAsync<double>("""
        () => {
          const paper = [document.body, document.documentElement].map(element => getComputedStyle(element).backgroundColor).find(colour => !/, 0\)|transparent/.test(colour)) ?? 'rgb(255, 255, 255)';
          const channels = paper.match(/[\d.]+/g).slice(0, 3).map(Number);
          return channels.reduce((sum, channel) => sum + channel, 0) / 765;
        }
        """);
}
