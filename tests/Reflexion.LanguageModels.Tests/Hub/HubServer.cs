using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Reflexion.Tests;

/// <summary>A hub, or a host that it redirects to, on the loopback interface. Answers each request by a function of it and of its number, from 0.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<HubRequest> _requests = [];
    private readonly Func<HubRequest, HubReply> _answer;
    private readonly Task _running;

    internal HubServer(Func<HubRequest, HubReply> answer)
    {
        _answer = answer;
        Address = Listen();
        _running = RunAsync();
    }

    internal Uri Address { get; }

    internal HubRequest[] Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
        _listener.Close();
    }

    // The port that is free now may be taken by the time it is listened on.
    private Uri Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            try
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                _listener.Start();
                return new($"http://127.0.0.1:{port}");
            }
            catch (HttpListenerException) when (attempt < 10)
            {
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                var request = new HubRequest(
                    _requests.Count, context.Request.RawUrl!, context.Request.Headers["Authorization"], context.Request.Headers["Range"], context.Request.Headers["If-Range"]);
                _requests.Enqueue(request);
                await SendAsync(context.Response, _answer(request));
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static async Task SendAsync(HttpListenerResponse response, HubReply reply)
    {
        response.StatusCode = reply.Status;
        foreach ((string name, string value) in reply.Headers)
        {
            response.AddHeader(name, value);
        }

        try
        {
            if (reply.Length is { } length)
            {
                response.ContentLength64 = length;
            }

            await response.OutputStream.WriteAsync(reply.Body);
            if (reply.Length > reply.Body.Length)
            {
                await response.OutputStream.FlushAsync();
                response.Abort();
            }
            else
            {
                response.Close();
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
        }
    }
}
