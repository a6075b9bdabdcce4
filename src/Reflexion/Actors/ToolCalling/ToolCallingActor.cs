using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Works on a task by native function calling: any <see cref="AITool"/>, tools of an MCP server included.</summary>
/// <remarks>
/// The calls of one reply run at once, up to a limit. Whatever goes wrong with a call (unknown tool, bad arguments, an
/// approval not given, an exception, a timeout) becomes a typed step whose observation tells the model what to change.
/// The first reply without calls is the answer. Thread-safe: one instance serves any number of trials at once.
/// </remarks>
public sealed class ToolCallingActor : IActor
{
    private readonly IChatClient _client;
    private readonly Func<AgentTask, CancellationToken, ValueTask<IReadOnlyList<AITool>>>? _openTools;
    private readonly ToolSet? _tools;
    private readonly ToolCallingOptions _options;

    /// <summary>Creates an actor whose tools are the same in every trial.</summary>
    /// <param name="client">The model. Not owned; it should not run tools itself, since calls it makes are no steps of the trajectory.</param>
    /// <param name="tools">The tools. Functions have different names; tools that the provider runs (web search, …) are passed on to it.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="ArgumentException">Two functions share a name, or an option is out of range.</exception>
    public ToolCallingActor(IChatClient client, IEnumerable<AITool> tools, ToolCallingOptions? options = null)
        : this(client, options)
    {
        ArgumentNullException.ThrowIfNull(tools);
        _tools = new(tools, _options.AnswerToolName);
    }

    /// <summary>Creates an actor that gets its tools anew for each trial: bound to the task, or listed from an MCP server.</summary>
    /// <param name="client">The model. Not owned; it should not run tools itself, since calls it makes are no steps of the trajectory.</param>
    /// <param name="tools">Gets the tools of a trial. Called once a trial, for many trials at once. What it throws ends the trial.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ToolCallingActor(
        IChatClient client, Func<AgentTask, CancellationToken, ValueTask<IReadOnlyList<AITool>>> tools, ToolCallingOptions? options = null)
        : this(client, options)
    {
        ArgumentNullException.ThrowIfNull(tools);
        _openTools = tools;
    }

    private ToolCallingActor(IChatClient client, ToolCallingOptions? options)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        options ??= new();
        options.Validate();
        _options = options with { ChatOptions = options.ChatOptions?.Clone() };
    }

    /// <inheritdoc/>
    public ActorPrompt CreatePrompt(AgentTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return ToolCallingPrompt.Create(task, _options);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _tools is null ? OpenAsync(context, cancellationToken) : Start(_tools, context).RunAsync(cancellationToken);
    }

    private async IAsyncEnumerable<AgentEvent> OpenAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AITool> tools = await _openTools!(context.Task, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The factory of tools returned null; return an empty list where a trial has none.");
        await foreach (AgentEvent happened in Start(new(tools, _options.AnswerToolName), context).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return happened;
        }
    }

    private ToolCallingTrial Start(ToolSet tools, ActorContext context) => new(_client, tools, _options, context);
}
