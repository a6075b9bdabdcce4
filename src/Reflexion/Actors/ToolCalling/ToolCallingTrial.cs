using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>One trial of a <see cref="ToolCallingActor"/>: ask the model, make its calls, show it the results.</summary>
internal sealed class ToolCallingTrial(IChatClient client, ToolSet tools, ToolCallingOptions options, ActorContext context)
{
    private readonly IChatClient _model = context.Run.Meter(client, AgentComponent.Actor);
    private readonly ToolInvoker _invoker = new(tools, options, context);
    private readonly Transcript _transcript = new(context.Prompt.ToMessages(), options.Context, tools.EstimatedTokens);
    private readonly ChatOptions _chatOptions = CreateOptions(tools, options);
    private readonly ProgressMonitor _progress = new(options.Progress);
    private int _steps;
    private int _calls;
    private bool _wasEmpty;
    private ActorFinished? _end;

    internal async IAsyncEnumerable<AgentEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.ToolsHoldState)
        {
            await context.Run.RestartTrialAsync($"The tools hold state ({nameof(ToolCallingOptions)}.{nameof(ToolCallingOptions.ToolsHoldState)}), which cannot be brought to where it was.").ConfigureAwait(false);
        }

        for (int iteration = 0; _end is null; iteration++)
        {
            if (iteration == options.MaxIterations)
            {
                _end = new(TrajectoryEnd.StepLimit, Detail: $"The model was called {iteration} times and gave no answer; raise {nameof(ToolCallingOptions)}.{nameof(ToolCallingOptions.MaxIterations)} to allow more.");
            }
            else if (!_transcript.TryFit())
            {
                _end = new(TrajectoryEnd.ContextLimit, Detail: _transcript.Overflow);
            }
            else
            {
                await foreach (AgentEvent happened in TakeTurnAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return happened;
                }
            }
        }

        yield return _end;
    }

    private async IAsyncEnumerable<AgentEvent> TakeTurnAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var turn = new ModelTurn(_model, ToolResultObservation.Merge(_transcript.Messages), _chatOptions);
        await foreach (ModelTextDelta delta in turn.RunAsync(context.Run.Streams, cancellationToken).ConfigureAwait(false))
        {
            yield return delta;
        }

        // Providers refuse a message without contents when it comes back.
        foreach (ChatMessage message in turn.Response.Messages.Where(message => message.Contents.Count > 0))
        {
            _transcript.Add(message);
        }

        ToolReply reply = ToolReply.Read(turn.Response);
        if (!reply.Calls.IsEmpty)
        {
            _wasEmpty = false;
            await foreach (StepCompleted step in MakeCallsAsync(reply.Calls, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
        else if (reply.Text.Length > 0)
        {
            _end = new ActorFinished(TrajectoryEnd.Answered, reply.Text).With(turn.Response.FinishReason);
        }
        else
        {
            yield return AskAgain(turn.Response.FinishReason);
        }
    }

    private async IAsyncEnumerable<StepCompleted> MakeCallsAsync(ImmutableArray<RequestedCall> calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int answerAt = calls.TakeWhile(call => tools.ReadAnswer(call.Content) is null).Count();
        int allowed = Math.Min(answerAt, options.MaxSteps - _calls);
        _calls += allowed;
        int made = 0;
        await foreach (ToolCallResult result in ToolCallBatch.RunAsync(_invoker, calls[..allowed], options.MaxParallelCalls, cancellationToken).ConfigureAwait(false))
        {
            yield return Complete(calls[made++], result);
        }

        if (allowed < answerAt)
        {
            _end ??= new(TrajectoryEnd.StepLimit, Detail: $"All {options.MaxSteps} tool calls were made; raise {nameof(ToolCallingOptions)}.{nameof(ToolCallingOptions.MaxSteps)} to allow more.");
        }
        else if (answerAt < calls.Length)
        {
            RequestedCall answer = calls[answerAt];
            _end = new(TrajectoryEnd.Answered, tools.ReadAnswer(answer.Content));
            yield return new(new TrajectoryStep { Number = ++_steps, Thought = answer.Thought, Action = answer.ToAction(), Outcome = StepOutcome.Answered });
        }
    }

    private StepCompleted Complete(RequestedCall call, ToolCallResult result)
    {
        var step = new TrajectoryStep
        {
            Number = ++_steps,
            Thought = call.Thought,
            Action = call.ToAction(),
            Observation = new(result.Text),
            Outcome = result.Outcome,
        };
        _transcript.Add(new ToolResultObservation(call.Content.CallId, result));
        _end ??= result.EndsTrial is { } reason ? new(TrajectoryEnd.Failed, Detail: reason) : _progress.Record(step);
        return new(step);
    }

    private StepCompleted AskAgain(ChatFinishReason? reason)
    {
        var step = new TrajectoryStep
        {
            Number = ++_steps,
            Observation = _wasEmpty ? null : new(ToolCallingPrompt.EmptyReply) { Integrity = TextIntegrity.Trusted },
            Outcome = StepOutcome.MalformedAction,
        };
        _end = _wasEmpty
            ? new ActorFinished(TrajectoryEnd.NoProgress, Detail: "The model replied twice in a row with neither a call nor text.").With(reason)
            : _progress.Record(step);
        _transcript.Add(new ChatMessage(ChatRole.User, ToolCallingPrompt.EmptyReply));
        _wasEmpty = true;
        return new(step);
    }

    /// <summary>The options of every call of the trial; the metered client clones them for each.</summary>
    private static ChatOptions CreateOptions(ToolSet tools, ToolCallingOptions options)
    {
        ChatOptions chat = options.ChatOptions?.Clone() ?? new();
        chat.Tools = tools.All.IsEmpty ? null : [.. tools.All];
        return chat;
    }
}
