using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reflexion.Tests;

/// <summary>A provider on the loopback interface: answers as it was told to, request by request, and soundly after that.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string Answer = "All is well again";

    private readonly ConcurrentQueue<Func<Exchange, Task>> _replies;
    private readonly ConcurrentQueue<RecordedRequest> _requests = [];
    private readonly WebApplication _app;

    private LoopbackServer(WireFormat format, IEnumerable<Func<Exchange, Task>> replies)
    {
        Format = format;
        _replies = new(replies);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public WireFormat Format { get; }

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public static async Task<LoopbackServer> StartAsync(string provider, params Func<Exchange, Task>[] replies)
    {
        var server = new LoopbackServer(WireFormat.Of(provider), replies);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var request = new RecordedRequest(
            context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body);
        _requests.Enqueue(request);
        var exchange = new Exchange(context, Format, request);
        await (_replies.TryDequeue(out Func<Exchange, Task>? reply) ? reply(exchange) : Reply.Text(Answer)(exchange));
    }
}
