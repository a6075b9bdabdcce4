using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolCallTelemetryTests
{
    [Fact]
    public async Task A_call_is_a_span_after_the_conventions()
    {
        AIFunction tool = AIFunctionFactory.Create((string city) => $"sunny in {city}", "weather_spanned", "Tells the weather.");
        Activity span = await SpanOfAsync(tool, """{"city":"Paris"}""");

        span.Source.Name.Should().Be("Reflexion");
        span.DisplayName.Should().Be("execute_tool weather_spanned");
        span.Kind.Should().Be(ActivityKind.Internal);
        span.Status.Should().Be(ActivityStatusCode.Unset);
        span.TagObjects.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["gen_ai.operation.name"] = "execute_tool",
            ["gen_ai.tool.name"] = "weather_spanned",
            ["gen_ai.tool.type"] = "function",
            ["gen_ai.tool.description"] = "Tells the weather.",
            ["gen_ai.tool.call.id"] = "call-7",
        });
    }

    [Fact]
    public async Task The_tool_runs_inside_its_span()
    {
        Activity? inside = null;
        AIFunction tool = AIFunctionFactory.Create(() => (inside = Activity.Current) is null, "inside_spanned");

        (await SpanOfAsync(tool)).Should().BeSameAs(inside);
    }

    [Fact]
    public async Task An_exception_is_its_error_type()
    {
        AIFunction tool = AIFunctionFactory.Create(string () => throw new KeyNotFoundException("secret"), "throws_spanned");
        Activity span = await SpanOfAsync(tool);

        span.GetTagItem("error.type").Should().Be("System.Collections.Generic.KeyNotFoundException");
        span.Status.Should().Be(ActivityStatusCode.Error);
        span.StatusDescription.Should().BeNull();
    }

    [Fact]
    public async Task A_failure_that_a_tool_reports_is_an_error()
    {
        var tool = new RawFunction("reports_spanned", default, _ => System.Text.Json.JsonElement.Parse("""{"content":[],"isError":true}"""));
        Activity span = await SpanOfAsync(tool);

        span.GetTagItem("error.type").Should().Be("tool_error");
        span.Status.Should().Be(ActivityStatusCode.Error);
    }

    [Fact]
    public async Task A_timeout_is_its_error_type()
    {
        AIFunction tool = AIFunctionFactory.Create((CancellationToken token) => System.Threading.Tasks.Task.Delay(Timeout.Infinite, token), "slow_spanned");

        (await SpanOfAsync(tool, options: new() { ToolTimeout = TimeSpan.FromTicks(1) })).GetTagItem("error.type").Should().Be("timeout");
    }

    [Fact]
    public async Task A_call_that_is_not_made_has_no_span()
    {
        AIFunction tool = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => 1, "denied_spanned"));

        (await SpansOfAsync(tool, "{}", null)).Should().BeEmpty();
    }

    private static async Task<Activity> SpanOfAsync(AIFunction tool, string json = "{}", ToolCallingOptions? options = null) =>
        (await SpansOfAsync(tool, json, options)).Should().ContainSingle().Subject;

    private static async Task<IReadOnlyCollection<Activity>> SpansOfAsync(AIFunction tool, string json, ToolCallingOptions? options)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReflexionTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await RunAsync(new ScriptedChatClient().Then(Call("call-7", tool.Name, json)).Then("done"), tool, options);

        // Other tests run beside this one and are heard too.
        return [.. spans.Where(span => span.DisplayName == $"execute_tool {tool.Name}")];
    }
}
