using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Reflexion.Tests;

/// <summary>A report in a browser, and everything that goes wrong while it is looked at.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentQueue<string> _requests = [];

    private ReportPage(IPage page) => Page = page;

    /// <summary>The names of the views, in the order of their tabs.</summary>
    internal static string[] Views { get; } = ["curves", "heatmap", "trials", "lessons", "costs", "configuration"];

    internal IPage Page { get; }

    /// <summary>Messages on the console, uncaught errors, dialogs, windows and downloads: a good page has none.</summary>
    internal IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The addresses that were asked for.</summary>
    internal IReadOnlyCollection<string> Requests => _requests;

    internal static async Task<ReportPage> OpenAsync(IBrowserContext context, string address, string shown)
    {
        var report = new ReportPage(await context.NewPageAsync());
        report.Watch();
        await report.Page.GotoAsync(address);
        await report.Page.Locator(shown).First.WaitForAsync();
        return report;
    }

    internal ILocator Tab(string view) => Page.Locator($"[role=tab][data-view={view}]");

    internal ILocator View(string view) => Page.Locator($"section[data-view={view}]");

    /// <summary>Opens a view by its tab and waits until it alone is shown.</summary>
    internal async Task ShowAsync(string view)
    {
        await Tab(view).ClickAsync();
        await View(view).WaitForAsync();
    }

    /// <summary>The names of the views that are shown.</summary>
    internal Task<string[]> ShownAsync() =>
        Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('section[data-view]')].filter(view => view.checkVisibility()).map(view => view.dataset.view)");

    /// <summary>Runs one of the audits beside this file.</summary>
    /// <returns>What it found, one line for each finding.</returns>
    internal Task<string[]> AuditAsync(string name) => Page.EvaluateAsync<string[]>(PageScripts.Read(name));

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private void Watch()
    {
        Page.Console += (_, message) => _problems.Enqueue($"console {message.Type}: {message.Text}");
        Page.PageError += (_, error) => _problems.Enqueue($"error: {error}");
        Page.Popup += (_, popup) => _problems.Enqueue($"window: {popup.Url}");
        Page.Download += (_, download) => _problems.Enqueue($"download: {download.Url}");
        Page.Context.Request += (_, request) => _requests.Enqueue(request.Url);
        Page.Dialog += async (_, dialog) =>
        {
            _problems.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }
}
