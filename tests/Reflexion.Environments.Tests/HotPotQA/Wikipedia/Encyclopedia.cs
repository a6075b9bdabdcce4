using Microsoft.AspNetCore.Http;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>A fake Wikipedia with a store that asks it. Waits of up to ten seconds are over at once.</summary>
internal sealed class Encyclopedia : IAsyncDisposable
{
    private readonly HttpClient _client = new();

    private Encyclopedia(FakeWikipedia server, Func<WikipediaOptions, WikipediaOptions> configure)
    {
        Server = server;
        Options = configure(new WikipediaOptions("ReflexionTests/1.0 (tests@example.org)") { Endpoint = server.Endpoint });
        Store = new(_client, Options, Time);
    }

    public FakeWikipedia Server { get; }

    public WikipediaOptions Options { get; }

    public WikipediaStore Store { get; }

    public LeapingTime Time { get; } = new(TimeSpan.FromSeconds(10));

    public IEnumerable<string> Asked => Server.Requests.Select(request => request.What);

    public static Task<Encyclopedia> OpenAsync(params Func<HttpContext, Task>[] faults) => OpenAsync(options => options, faults);

    public static async Task<Encyclopedia> OpenAsync(Func<WikipediaOptions, WikipediaOptions> configure, params Func<HttpContext, Task>[] faults) =>
        new(await FakeWikipedia.StartAsync(faults), configure);

    public async Task<DocumentSearch> SearchAsync(string title, CancellationToken cancellationToken = default) => await Store.SearchAsync(title, cancellationToken);

    public async Task<WikipediaException> FailAsync(string title = "Nick Park")
    {
        Func<Task> search = () => SearchAsync(title);
        return (await search.Should().ThrowAsync<WikipediaException>()).Which;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        _client.Dispose();
        await Server.DisposeAsync();
    }
}
