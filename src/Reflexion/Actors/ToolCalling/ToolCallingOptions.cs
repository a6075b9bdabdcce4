using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a <see cref="ToolCallingActor"/> works. Every limit is finite by default.</summary>
public sealed record ToolCallingOptions
{
    /// <summary>How to work, sent in the system role; null (default) for a short text of our own. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Worked examples, sent before the task; null (default) for none. Trusted text.</summary>
    public string? Examples { get; init; }

    /// <summary>
    /// What every model call is made with (model id, temperature, reasoning, …); null (default) for the client's own
    /// defaults. Copied when the actor is made, and again for every call. Its <see cref="ChatOptions.Tools"/> are left
    /// unset: tools are given to the actor.
    /// </summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>
    /// The tool whose call ends the trial: its argument is the answer and it is never run. Null (default) for none, so
    /// that the answer is the first reply without calls, which it may be in any case. Where no tool has this name, one
    /// with a single text argument <c>answer</c> is declared.
    /// </summary>
    public string? AnswerToolName { get; init; }

    /// <summary>The most tool calls in a trial. Default 30; at least 1. Calls beyond it are not made.</summary>
    public int MaxSteps { get; init; } = 30;

    /// <summary>The most model calls in a trial. Default 20; at least 1.</summary>
    public int MaxIterations { get; init; } = 20;

    /// <summary>The most calls of one reply that run at once. Default 8; at least 1, which runs them one after the other.</summary>
    public int MaxParallelCalls { get; init; } = 8;

    /// <summary>How much of the conversation the model may be sent; the largest, oldest tool results are shortened first.</summary>
    public ContextWindow Context { get; init; } = new();

    /// <summary>When a trial that leads nowhere is ended.</summary>
    public ProgressOptions Progress { get; init; } = new();

    /// <summary>
    /// The longest a tool may run, waiting for an approval not included. Default 2 minutes; above zero, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>. A tool that does not heed its cancellation token is left behind.
    /// </summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most characters of one tool result; a longer one keeps head and tail. Default 8,000; at least 40.</summary>
    public int MaxObservationCharacters { get; init; } = 8_000;

    /// <summary>
    /// Whether the model is told the message of an exception that a tool threw. Default true, since an agent learns from
    /// what went wrong; set it to false where messages may hold secrets. Stack traces are never shown.
    /// </summary>
    public bool IncludeExceptionMessages { get; init; } = true;

    /// <summary>
    /// Decides on each call of an <see cref="ApprovalRequiredAIFunction"/>, one call at a time and before any call of the
    /// same reply runs. Default: every such call is denied.
    /// </summary>
    public Func<ToolApprovalRequest, CancellationToken, ValueTask<bool>> Approve { get; init; } = static (_, _) => ValueTask.FromResult(false);

    /// <summary>
    /// Whether tools remember, in the process, earlier calls of a trial: a browser session, say. Default false: with a journal, a trial
    /// that was interrupted goes on with the recorded results, and no recorded call is made again. True starts such a trial again.
    /// </summary>
    public bool ToolsHoldState { get; init; }

    /// <summary>Services for tools with an <see cref="IServiceProvider"/> parameter, or null (default).</summary>
    public IServiceProvider? Services { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallelCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxObservationCharacters, Excerpt.MinCharacters);
        ArgumentNullException.ThrowIfNull(Approve);
        ArgumentNullException.ThrowIfNull(Context);
        Context.Validate();
        ArgumentNullException.ThrowIfNull(Progress);
        Progress.Validate();
        if (ToolTimeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ToolTimeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ToolTimeout, TimeSpan.FromDays(24));
        }

        if (AnswerToolName is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(AnswerToolName);
        }

        if (Instructions is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(Instructions);
        }

        if (ChatOptions?.Tools is { Count: > 0 })
        {
            throw new ArgumentException("ChatOptions.Tools is set; pass the tools to the actor's constructor, which runs them.", nameof(ChatOptions));
        }
    }
}
