using System.IO.Pipelines;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolsAndMcp;

/// <summary>An MCP server with a shop's tools, in this process: what would be pipes to a child process are pipes in memory.</summary>
internal sealed class ShopServer : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly McpServer _server;
    private readonly Task _serving;

    private ShopServer()
    {
        var transport = new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
        _server = McpServer.Create(transport, new() { ToolCollection = [FindOrder, RefundPolicy, CarrierReport] });
        _serving = _server.RunAsync();
    }

    private static McpServerTool FindOrder { get; } = McpServerTool.Create(
        (string order) => order == "A-17" ? "Order A-17: one teapot, 45.00, delivered." : throw new McpException($"There is no order {order}."),
        new() { Name = "find_order", Description = "Finds an order by its number." });

    private static McpServerTool RefundPolicy { get; } = McpServerTool.Create(
        (string reason) => reason == "damaged" ? "Damaged on arrival: 80 percent of the price is refunded." : "Nothing is refunded.",
        new() { Name = "refund_policy", Description = "Says what the shop refunds for a reason: damaged, late or changed mind." });

    private static McpServerTool CarrierReport { get; } = McpServerTool.Create(
        string (string order) => throw new McpException($"the carrier does not answer about {order}"),
        new() { Name = "carrier_report", Description = "Asks the carrier how a delivery went." });

    internal static ShopServer Start() => new();

    internal Task<McpClient> ConnectAsync() =>
        McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _serving;
    }
}
