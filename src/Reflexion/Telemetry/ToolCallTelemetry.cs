using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The <c>execute_tool</c> span of one tool call.</summary>
internal readonly struct ToolCallTelemetry : IDisposable
{
    private readonly Activity? _activity;

    private ToolCallTelemetry(Activity? activity) => _activity = activity;

    internal static ToolCallTelemetry Start(AITool tool, string callId, string? arguments)
    {
        if (!ReflexionTelemetry.Source.HasListeners())
        {
            return default;
        }

        Activity? activity = ReflexionTelemetry.Source.StartActivity($"execute_tool {tool.Name}", ActivityKind.Internal);
        activity?.SetTag("gen_ai.operation.name", "execute_tool");
        activity?.SetTag("gen_ai.tool.name", tool.Name);
        activity?.SetTag("gen_ai.tool.type", "function");
        activity?.SetTag("gen_ai.tool.description", tool.Description);
        activity?.SetTag("gen_ai.tool.call.id", callId);
        if (ReflexionTelemetry.CapturesContent)
        {
            activity?.SetTag("gen_ai.tool.call.arguments", arguments);
        }

        return new(activity);
    }

    /// <summary>The tool answered, be it that it failed.</summary>
    internal void Complete(ToolCallResult result)
    {
        if (result.Outcome == StepOutcome.ToolFailed)
        {
            Fail("tool_error");
        }

        if (ReflexionTelemetry.CapturesContent)
        {
            _activity?.SetTag("gen_ai.tool.call.result", result.Text);
        }
    }

    internal void Fail(Exception fault) => Fail(fault.GetType().FullName ?? "error");

    /// <summary>The tool did not answer.</summary>
    /// <param name="errorType">A word of low cardinality.</param>
    internal void Fail(string errorType)
    {
        _activity?.SetTag("error.type", errorType);
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _activity?.Dispose();
}
