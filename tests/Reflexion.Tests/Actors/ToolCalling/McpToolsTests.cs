using System.ComponentModel;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

/// <summary>Tools of a real MCP server, reached through a pair of in-memory pipes.</summary>
public sealed class McpToolsTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly InProcessMcpServer _server = new(
        McpServerTool.Create(([Description("Which town.")] string town) => $"sunny in {town}", new() { Name = "weather", Description = "Tells the weather." }),
        McpServerTool.Create(string (string key) => throw new McpException($"no entry for {key}"), new() { Name = "lookup" }),
        McpServerTool.Create((int n) => new Doubled(n, n * 2), new() { Name = "double", UseStructuredContent = true }),
        McpServerTool.Create(() => new CallToolResult { IsError = true, Content = [] }, new() { Name = "mute" }),
        McpServerTool.Create(
            () => new CallToolResult
            {
                IsError = true,
                Content = [new TextContentBlock { Text = "half" }, ImageContentBlock.FromBytes(new byte[] { 1 }, "image/png"), new TextContentBlock { Text = "broken" }],
            },
            new() { Name = "mixed" }));

    private IReadOnlyList<AITool> _tools = [];

    public async Task InitializeAsync() => _tools = [.. await (await _server.ConnectAsync()).ListToolsAsync()];

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    ValueTask IAsyncDisposable.DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_agent_uses_them_like_any_other_tool()
    {
        var client = new ScriptedChatClient().Then(Call("1", "weather", """{"town":"Paris"}"""), Call("2", "double", """{"n":3}""")).Then("sunny, 6");
        TrialLog log = await RunAsync(new ToolCallingActor(client, (_, _) => ValueTask.FromResult(_tools)));

        log.Steps.Select(step => (step.Outcome, step.Observation!.Text)).Should().Equal(
            (StepOutcome.Executed, "sunny in Paris"),
            (StepOutcome.Executed, """{"n":3,"twice":6}"""));
        log.End.Answer.Should().Be("sunny, 6");
        client.Requests[0].Options!.Tools!.Select(tool => tool.Name).Should().BeEquivalentTo("weather", "lookup", "double", "mute", "mixed");
    }

    [Theory]
    [InlineData("lookup", """{"key":"x"}""", "The tool 'lookup' failed: An error occurred invoking 'lookup': no entry for x")]
    [InlineData("mute", "{}", "The tool 'mute' failed: it gave no reason.")]
    [InlineData("mixed", "{}", "The tool 'mixed' failed: half\n[image]\nbroken")]
    public async Task A_result_that_is_an_error_becomes_a_failed_step(string name, string json, string observation)
    {
        TrajectoryStep step = await StepOfAsync(_tools.Single(tool => tool.Name == name), json);

        step.Outcome.Should().Be(StepOutcome.ToolFailed);
        step.Observation.Should().Be(new Observation(observation) { Integrity = TextIntegrity.Untrusted });
    }

    [Fact]
    public async Task Missing_arguments_are_told_without_asking_the_server()
    {
        TrajectoryStep step = await StepOfAsync(_tools.Single(tool => tool.Name == "weather"));

        step.Outcome.Should().Be(StepOutcome.InvalidArguments);
        step.Observation!.Text.Should().Be("The arguments of 'weather' are wrong: 'town' is missing. Call it as weather(town: string).");
    }

    [Fact]
    public async Task A_server_that_is_gone_costs_the_tools_timeout_and_no_more()
    {
        AITool tool = _tools.Single(tool => tool.Name == "weather");
        await _server.DisposeAsync();

        // The client of a server that has left waits for ever.
        (await StepOfAsync(tool, """{"town":"Paris"}""", new() { ToolTimeout = TimeSpan.FromMilliseconds(20) })).Outcome.Should().Be(StepOutcome.ToolFailed);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"a"}],"isError":false}""", "a", StepOutcome.Executed)]
    [InlineData("""{"content":[],"structuredContent":{"a": 1}}""", """{"a":1}""", StepOutcome.Executed)]
    [InlineData("""{"content":[{"type":"text","text":"a"}],"structuredContent":{"a":1}}""", "a", StepOutcome.Executed)]
    [InlineData("""{"content":[{"type":"text","text":"a"}],"title":"b"}""", """{"content":[{"type":"text","text":"a"}],"title":"b"}""", StepOutcome.Executed)]
    [InlineData("""{"content":[{"kind":"x"}],"isError":true}""", """{"content":[{"kind":"x"}],"isError":true}""", StepOutcome.Executed)]
    [InlineData("""{"content":[1],"isError":true}""", """{"content":[1],"isError":true}""", StepOutcome.Executed)]
    [InlineData("""{"content":[{"type":1}],"isError":true}""", """{"content":[{"type":1}],"isError":true}""", StepOutcome.Executed)]
    [InlineData("""{"content":"a","isError":true}""", """{"content":"a","isError":true}""", StepOutcome.Executed)]
    [InlineData("""{"isError":true}""", """{"isError":true}""", StepOutcome.Executed)]
    [InlineData("""[1]""", "[1]", StepOutcome.Executed)]
    public async Task Only_what_has_the_shape_of_a_result_is_read_as_one(string json, string text, StepOutcome outcome)
    {
        TrajectoryStep step = await StepOfAsync(new RawFunction("raw", default, _ => System.Text.Json.JsonElement.Parse(json)));

        (step.Outcome, step.Observation!.Text).Should().Be((outcome, text));
    }

    [Fact]
    public async Task What_a_local_method_returns_is_never_taken_for_a_result()
    {
        const string json = """{"content":[{"type":"text","text":"a"}],"isError":true}""";
        TrajectoryStep step = await StepOfAsync(AIFunctionFactory.Create(() => System.Text.Json.JsonElement.Parse(json), "local"));

        (step.Outcome, step.Observation!.Text).Should().Be((StepOutcome.Executed, json));
    }

    private sealed record Doubled(int N, int Twice);
}
