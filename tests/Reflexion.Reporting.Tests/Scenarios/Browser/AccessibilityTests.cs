namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task Every_control_picture_and_table_has_a_name_and_every_role_leads_somewhere()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path);
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            await HostileTextTests.OpenDetailsAsync(report);
            (await report.AuditAsync("names")).Should().BeEmpty("of the view {0}", view);
        }

        EpisodeRecord episode = sample.Result.Episodes.First(episode => episode.LastTrial > 1);
        await sample.OpenTrialAsync(report, episode, 2);
        (await report.AuditAsync("names")).Should().BeEmpty("of a trial");
    }

    [BrowserFact]
    public async Task The_focus_goes_in_order_and_can_be_seen_wherever_it_is()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path);
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
            List<string[]> stops = await WalkAsync(report);

            stops.Should().HaveCountGreaterThan(2);
            stops.Where(stop => stop[2] == "unseen").Select(stop => stop[1]).Should().BeEmpty("of the view {0}", view);
            stops.Where(stop => stop[3] == "outside").Select(stop => stop[1]).Should().BeEmpty("of the view {0}", view);
            stops.Select(stop => int.Parse(stop[0], System.Globalization.CultureInfo.InvariantCulture)).Should().BeInAscendingOrder("the order on the page is the order of the focus");
        }
    }

    [BrowserFact]
    public async Task The_first_stop_skips_to_the_content()
    {
        await using ReportPage report = await chromium.OpenAsync((await reports.Plain).Path);

        await report.Page.Keyboard.PressAsync("Tab");
        (await report.Page.EvaluateAsync<string>("() => document.activeElement.textContent")).Should().Contain("Skip");
        await report.Page.Keyboard.PressAsync("Enter");
        await report.Page.Keyboard.PressAsync("Tab");

        (await report.Page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)")).Should().BeTrue();
        (await report.ShownAsync()).Should().Equal("curves");
    }

    // At most forty stops from the top of the page, the last ones being the browser's own or the first again left out.
    private static async Task<List<string[]>> WalkAsync(ReportPage report)
    {
        await report.Page.EvaluateAsync("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }");
        await report.Page.Locator("h1").ClickAsync();
        var stops = new List<string[]>();
        for (int press = 0; press < 40; press++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            string[] stop = await report.AuditAsync("focus");
            if (stop[1].StartsWith("<body>", StringComparison.Ordinal) || stops.Any(earlier => earlier[0] == stop[0]))
            {
                break;
            }

            stops.Add(stop);
        }

        return stops;
    }
}
