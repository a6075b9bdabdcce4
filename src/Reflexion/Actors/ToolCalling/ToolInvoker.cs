using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Makes tool calls for one trial. Whatever a tool does becomes a result; only cancellation and an exhausted budget are thrown.</summary>
internal sealed class ToolInvoker(ToolSet tools, ToolCallingOptions options, ActorContext context)
{
    private readonly EpisodeRecorder _recorder = context.Run.Recorder;

    /// <summary>Gives a call its place.</summary>
    internal PlannedCall Plan(RequestedCall call) =>
        new(call, _recorder.IsOn ? _recorder.Count(JournalHash.Of(["tool", call.Content.Name, call.Arguments])) : null);

    /// <summary>Decides whether a call is to be made: not where an earlier run made it, nor where it is refused.</summary>
    /// <returns>What came of it, or null where it is to be made.</returns>
    internal async ValueTask<ToolCallResult?> DecideAsync(PlannedCall planned, CancellationToken cancellationToken)
    {
        if (planned.Key is { } key && _recorder.TakeTool(key) is { } recorded)
        {
            return new(recorded.Outcome, recorded.Text) { Fault = recorded.Fault?.ToException() };
        }

        ToolCallResult? refusal = await RefuseAsync(planned.Call, cancellationToken).ConfigureAwait(false);
        if (refusal is { Outcome: StepOutcome.ApprovalDenied })
        {
            await RecordAsync(planned, refusal).ConfigureAwait(false);
        }

        return refusal;
    }

    /// <summary>Makes a call that was not refused.</summary>
    internal async Task<ToolCallResult> InvokeAsync(PlannedCall planned, CancellationToken cancellationToken)
    {
        ToolCallResult result = await InvokeAsync(planned.Call, cancellationToken).ConfigureAwait(false);
        await RecordAsync(planned, result).ConfigureAwait(false);
        return result;
    }

    private ValueTask RecordAsync(PlannedCall planned, ToolCallResult result) => planned.Key is not { } key ? ValueTask.CompletedTask : _recorder.AppendAsync(
        JournalEntryKind.ToolCalled,
        new(planned.Call.Content.Name, key.Request, key.Occurrence, result.Outcome, result.Text, result.Fault is { } fault ? RecordedFault.Of(fault) : null),
        JournalPayload.Context.ToolCall);

    /// <summary>Asks for approval where the tool needs it.</summary>
    /// <returns>Why the call is not made, or null where it is.</returns>
    private async ValueTask<ToolCallResult?> RefuseAsync(RequestedCall call, CancellationToken cancellationToken)
    {
        string name = call.Content.Name;
        if (tools.Find(name) is not { } tool)
        {
            return new(StepOutcome.UnknownTool, $"There is no tool named '{name}'. The tools are: {tools.Names}.");
        }

        if (ArgumentCheck.Before(tool, call.Content) is { } fault)
        {
            return InvalidArguments(tool, fault);
        }

        if (name == tools.AnswerToolName)
        {
            return InvalidArguments(tool, "the answer is empty");
        }

        if (tool is not AIFunction function)
        {
            return new(StepOutcome.ToolFailed, $"The tool '{name}' is only declared: nothing here can run it.")
            {
                EndsTrial = $"The model called '{name}', which is only declared; give the actor an AIFunction of this name.",
            };
        }

        bool approved = function.GetService<ApprovalRequiredAIFunction>() is null
            || await options.Approve(new(context.Task, context.Trial, function, call.Content, call.Arguments!), cancellationToken).ConfigureAwait(false);
        return approved ? null : new(
            StepOutcome.ApprovalDenied,
            $"The call of '{name}' needs an approval that was not given, so it was not made. Do not repeat it: find another way, or say in your answer what is missing.");
    }

    private async Task<ToolCallResult> InvokeAsync(RequestedCall call, CancellationToken cancellationToken)
    {
        var function = (AIFunction)tools.Find(call.Content.Name)!;
        using ToolCallTelemetry span = ToolCallTelemetry.Start(function, call.Content.CallId, call.Arguments);
        using var timeout = new CancellationTokenSource(options.ToolTimeout, context.Run.Time);
        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        try
        {
            object? value = await RunAsync(function, call.Content, timeout.Token).ConfigureAwait(false);
            ToolCallResult result = Read(function, value);
            span.Complete(result);
            return result;
        }
        catch (Exception fault) when (cancellationToken.IsCancellationRequested)
        {
            span.Fail(fault);
            throw new OperationCanceledException("The trial was cancelled while a tool ran.", fault, cancellationToken);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            span.Fail("timeout");
            return new(StepOutcome.ToolFailed, $"The tool '{function.Name}' did not finish within {options.ToolTimeout.TotalSeconds:0.###} s and was given up.");
        }
        catch (Exception fault) when (!IsBudgetExhausted(fault))
        {
            span.Fail(fault);
            return Failed(function, call.Content, fault);
        }
    }

    /// <summary>Runs the function away from the caller, so that one that blocks holds up neither the calls beside it nor the clock.</summary>
    private async Task<object?> RunAsync(AIFunction function, FunctionCallContent call, CancellationToken cancellationToken)
    {
        var arguments = new AIFunctionArguments(call.Arguments is null ? null : new Dictionary<string, object?>(call.Arguments))
        {
            Services = options.Services,
            Context = new Dictionary<object, object?> { [typeof(ActorContext)] = context },
        };
        Task<object?> running = Task.Run(() => function.InvokeAsync(arguments, cancellationToken).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!running.IsCompleted)
            {
                // A tool that was left behind may still fail; nobody is to hear of it through the finalizer.
                _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    private ToolCallResult Read(AIFunction function, object? value)
    {
        // A local method may return any object; only a tool from elsewhere speaks MCP.
        McpResult? mcp = function.UnderlyingMethod is null ? McpResult.TryRead(value) : null;
        string text = mcp?.Text ?? ToolResultText.Render(value, function.JsonSerializerOptions);
        return mcp is { IsError: true }
            ? new(StepOutcome.ToolFailed, Limit($"The tool '{function.Name}' failed: {(text.Length == 0 ? "it gave no reason." : text)}"))
            : new(StepOutcome.Executed, string.IsNullOrWhiteSpace(text) ? "(no output)" : Limit(text));
    }

    private ToolCallResult Failed(AIFunction function, FunctionCallContent call, Exception fault) =>
        fault is JsonException or ArgumentException && ArgumentCheck.After(function, call) is { } wrong ? InvalidArguments(function, wrong)
        : options.IncludeExceptionMessages ? new(StepOutcome.ToolFailed, Limit($"The tool '{function.Name}' failed: {fault.Message}")) { Fault = fault }
        : new(StepOutcome.ToolFailed, $"The tool '{function.Name}' failed.");

    private ToolCallResult InvalidArguments(AIFunctionDeclaration tool, string fault) => new(
        StepOutcome.InvalidArguments,
        Limit($"The arguments of '{tool.Name}' are wrong: {fault}. Call it as {ToolSignature.Of(tool.Name, tool.JsonSchema)}."));

    /// <summary>A tool that calls models of its own on the run's budget has no budget left; that ends the episode, not the call.</summary>
    private static bool IsBudgetExhausted(Exception? fault) => fault is BudgetExhaustedException || (fault is not null && IsBudgetExhausted(fault.InnerException));

    private string Limit(string text) => Excerpt.Of(text, options.MaxObservationCharacters);
}
