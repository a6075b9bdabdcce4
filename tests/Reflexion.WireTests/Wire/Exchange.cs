using System.Text;
using Microsoft.AspNetCore.Http;

namespace Reflexion.Tests;

/// <summary>One request and the ways to answer it.</summary>
internal sealed record Exchange(HttpContext Context, WireFormat Format, RecordedRequest Request)
{
    public void Begin(int status = 200, long? length = null)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentLength = length;
        Context.Response.ContentType = status == 200 && Request.Streams ? "text/event-stream" : "application/json";
    }

    public async Task SendAsync(params IEnumerable<string> pieces)
    {
        foreach (string piece in pieces)
        {
            await Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(piece));
            await Context.Response.Body.FlushAsync();
        }
    }

    /// <summary>Breaks the connection.</summary>
    public void Abort() => Context.Abort();

    /// <summary>Says nothing more until the client goes away.</summary>
    public async Task HangAsync()
    {
        var gone = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = Context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
