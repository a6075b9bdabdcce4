using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Reflexion.Tests;

/// <summary>An MCP server and its client in one process.</summary>
internal sealed class InProcessMcpServer(params McpServerTool[] tools) : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private McpServer? _server;
    private McpClient? _client;
    private Task _serving = Task.CompletedTask;

    internal async Task<McpClient> ConnectAsync()
    {
        var transport = new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
        _server = McpServer.Create(transport, new() { ToolCollection = [.. tools] });
        _serving = _server.RunAsync();
        return _client = await McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()));
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
            await _server!.DisposeAsync();
            await _serving;
        }
    }
}
