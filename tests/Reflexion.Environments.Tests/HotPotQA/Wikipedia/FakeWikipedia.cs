using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reflexion.Tests;

/// <summary>A small Wikipedia on the loopback interface. Each request is first handed to the next fault, if there is one left.</summary>
internal sealed class FakeWikipedia : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _faults = [];
    private readonly ConcurrentQueue<Asked> _asked = [];
    private readonly WebApplication _app;
    private int _running;

    private FakeWikipedia()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Endpoint => new($"{_app.Urls.Single()}/w/api.php");

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public int MostAtOnce { get; private set; }

    public Dictionary<string, WikiPage> Pages { get; } = new()
    {
        ["Nick Park"] = new("Nicholas Park is an animator. He was born in 1958.\n\n\n== Career ==\nPark joined Aardman in 1985. He made A Grand Day Out. It took years! Was it worth it? He thinks so. He was knighted."),
        ["Mercury"] = new("Mercury may refer to:") { IsDisambiguation = true },
        ["Mercury (planet)"] = new("Mercury is the first planet from the Sun."),
        ["Mercury (element)"] = new("Mercury is a chemical element."),
        ["Park, Nick"] = new("") { RedirectsTo = "Nick Park" },
        ["Talk:Nick Park"] = new("A discussion.") { Namespace = 1 },
        ["Empty page"] = new(""),
    };

    public static async Task<FakeWikipedia> StartAsync(params Func<HttpContext, Task>[] faults)
    {
        var server = new FakeWikipedia();
        foreach (Func<HttpContext, Task> fault in faults)
        {
            server._faults.Enqueue(fault);
        }

        await server._app.StartAsync();
        return server;
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync("<html>not now</html>");
    };

    public static Func<HttpContext, Task> Body(string body, string? retryAfter = null) => context =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        lock (_asked)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }

        try
        {
            _asked.Enqueue(new(
                context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
                context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await (_faults.TryDequeue(out Func<HttpContext, Task>? fault) ? fault(context) : AnswerAsync(context));
        }
        finally
        {
            lock (_asked)
            {
                _running--;
            }
        }
    }

    private Task AnswerAsync(HttpContext context) => WriteCompressedAsync(
        context, new JsonObject { ["batchcomplete"] = true, ["query"] = context.Request.Query["list"] == "search" ? Search(context) : Page(context) }.ToJsonString());

    internal static async Task WriteCompressedAsync(HttpContext context, string body)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await zip.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    private JsonObject Page(HttpContext context)
    {
        string title = context.Request.Query["titles"].ToString();
        if (title.StartsWith("fr:", StringComparison.Ordinal))
        {
            return new() { ["interwiki"] = new JsonArray(new JsonObject { ["title"] = title, ["iw"] = "fr" }) };
        }

        if (!Pages.TryGetValue(title, out WikiPage? page))
        {
            return new() { ["pages"] = new JsonArray(new JsonObject { ["ns"] = 0, ["title"] = title, ["missing"] = true }) };
        }

        if (page.RedirectsTo is { } target && context.Request.Query["redirects"] == "1")
        {
            (title, page) = (target, Pages[target]);
        }

        var json = new JsonObject { ["pageid"] = 7, ["ns"] = page.Namespace, ["title"] = title, ["extract"] = page.Text };
        if (page.IsDisambiguation)
        {
            json["pageprops"] = new JsonObject { ["disambiguation"] = "" };
        }

        return new() { ["pages"] = new JsonArray(json) };
    }

    private JsonObject Search(HttpContext context)
    {
        string[] words = context.Request.Query["srsearch"].ToString().ToLowerInvariant().Split(' ');
        IEnumerable<JsonNode> hits = Pages.Keys.Where(title => Pages[title].Namespace == 0 && words.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Take(int.Parse(context.Request.Query["srlimit"].ToString(), System.Globalization.CultureInfo.InvariantCulture))
            .Select(title => new JsonObject { ["ns"] = 0, ["title"] = title });
        return new() { ["search"] = new JsonArray([.. hits]) };
    }

    internal sealed record WikiPage(string Text)
    {
        public bool IsDisambiguation { get; init; }

        public string? RedirectsTo { get; init; }

        public int Namespace { get; init; }
    }

    internal sealed record Asked(IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
    {
        public string What => Query.GetValueOrDefault("titles") ?? $"search {Query["srsearch"]}";
    }
}
