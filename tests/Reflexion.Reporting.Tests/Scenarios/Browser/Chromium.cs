using Microsoft.Playwright;

namespace Reflexion.Tests;

/// <summary>The system's Chromium that <c>REFLEXION_CHROMIUM</c> names, without a window; nothing is downloaded. One serves all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? Executable = Environment.GetEnvironmentVariable("REFLEXION_CHROMIUM") is { Length: > 0 } told ? told : null;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why browser tests cannot run; null where they can.</summary>
    internal static string? Missing { get; } = Executable is null ? "Set REFLEXION_CHROMIUM to the path of a Chromium that is installed." : null;

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a report in a browser profile of its own.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="hash">The address's fragment, without the number sign.</param>
    /// <param name="options">Window and preferences; null for a desktop in the light theme.</param>
    internal async Task<ReportPage> OpenAsync(string path, string hash = "", BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await _browser!.NewContextAsync(options ?? Desktop(ColorScheme.Light));
        return await ReportPage.OpenAsync(context, $"{new Uri(path).AbsoluteUri}#{hash}", "section[data-view]:visible");
    }

    /// <summary>Opens a report where scripts are switched off.</summary>
    internal async Task<ReportPage> OpenUnscriptedAsync(string path)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        return await ReportPage.OpenAsync(context, new Uri(path).AbsoluteUri, "noscript");
    }

    internal static BrowserNewContextOptions Desktop(ColorScheme scheme) => Window(1280, 900, scheme);

    internal static BrowserNewContextOptions Phone(ColorScheme scheme = ColorScheme.Light) => Window(360, 740, scheme);

    private static BrowserNewContextOptions Window(int width, int height, ColorScheme scheme) =>
        new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce };
}
