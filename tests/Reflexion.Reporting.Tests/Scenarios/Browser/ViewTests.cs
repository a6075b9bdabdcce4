using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ViewTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task Every_view_opens_by_click_and_alone()
    {
        await using ReportPage report = await OpenAsync();
        foreach (string view in ReportPage.Views.Append("curves"))
        {
            await report.ShowAsync(view);

            await CheckShownAsync(report, view);
        }

        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Every_view_opens_by_keyboard_alone()
    {
        await using ReportPage report = await OpenAsync();
        await FocusTabsAsync(report);
        foreach (string view in ReportPage.Views.Skip(1).Append("curves"))
        {
            await report.Page.Keyboard.PressAsync("ArrowRight");

            (await report.Page.EvaluateAsync<string>("() => document.activeElement.dataset.view")).Should().Be(view, "the focus moves with the arrow, and around");
            await report.View(view).WaitForAsync();
            await CheckShownAsync(report, view);
        }

        await report.Page.Keyboard.PressAsync("End");
        await report.View("configuration").WaitForAsync();
        await CheckShownAsync(report, "configuration");
        await report.Page.Keyboard.PressAsync("Home");
        await report.View("curves").WaitForAsync();
        await CheckShownAsync(report, "curves");
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Every_view_opens_by_its_address()
    {
        foreach (string view in ReportPage.Views)
        {
            await using ReportPage report = await OpenAsync(view);

            await CheckShownAsync(report, view);
            report.Problems.Should().BeEmpty();
        }
    }

    [BrowserFact]
    public async Task The_browsers_back_button_leads_to_the_view_before()
    {
        await using ReportPage report = await OpenAsync();
        await report.ShowAsync("lessons");
        await report.ShowAsync("costs");

        await report.Page.GoBackAsync();

        await report.View("lessons").WaitForAsync();
        await CheckShownAsync(report, "lessons");
    }

    [BrowserTheory]
    [InlineData("nothing-like-that")]
    [InlineData("trials/no-such-episode/1")]
    [InlineData("trials/%E0%A4%A/x")]
    [InlineData("__proto__")]
    public async Task An_address_that_leads_nowhere_does_no_harm(string hash)
    {
        await using ReportPage report = await OpenAsync(hash);

        (await report.ShownAsync()).Should().ContainSingle();
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Nothing_is_asked_for_but_the_file()
    {
        await using ReportPage report = await OpenAsync();
        foreach (string view in ReportPage.Views)
        {
            await report.ShowAsync(view);
        }

        report.Requests.Should().Equal(new Uri((await reports.Plain).Path).AbsoluteUri);
    }

    [BrowserFact]
    public async Task Scripts_of_others_are_refused()
    {
        await using ReportPage report = await OpenAsync();

        await report.Page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              try { script.append('window.pwned = 1'); document.body.append(script); } catch { }
              try { document.body.setAttribute('onclick', 'window.pwned = 2'); document.body.click(); } catch { }
              try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.pwned = 3">'); } catch { }
            }
            """);

        (await report.Page.EvaluateAsync<bool>("() => window.pwned === undefined")).Should().BeTrue();
        report.Problems.Should().NotBeEmpty("the browser says that it refused them");
    }

    private async Task<ReportPage> OpenAsync(string hash = "") => await chromium.OpenAsync((await reports.Plain).Path, hash);

    private static async Task CheckShownAsync(ReportPage report, string view)
    {
        (await report.ShownAsync()).Should().Equal(view);
        (await report.Page.Locator("[role=tab][aria-selected=true]").GetAttributeAsync("data-view")).Should().Be(view);
        (await report.View(view).InnerTextAsync()).Trim().Length.Should().BeGreaterThan(50, "the view {0} shows something", view);
    }

    private static async Task FocusTabsAsync(ReportPage report)
    {
        for (int presses = 0; presses < 10; presses++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            if (await report.Page.EvaluateAsync<string?>("() => document.activeElement.getAttribute('role')") == "tab")
            {
                return;
            }
        }

        throw new InvalidOperationException("Ten presses of Tab do not lead to the tabs.");
    }
}
