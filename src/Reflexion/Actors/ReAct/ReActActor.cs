using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Acts by the papers' text protocol: Thought, Action, Observation, one model call a step. Works with any chat model.</summary>
/// <remarks>
/// A reply is cut after its first action, so that observations and steps a model makes up never enter the conversation.
/// One that holds no readable action is a step of its own, whose observation says what to fix. Thread-safe; an
/// environment is made for each trial and disposed of however the trial ends.
/// </remarks>
public sealed class ReActActor : IActor
{
    private readonly IChatClient _client;
    private readonly Func<AgentTask, IAgentEnvironment> _environmentFactory;
    private readonly ReActOptions _options;
    private readonly ChatOptions? _chatOptions;
    private readonly string _instructions;

    /// <summary>Creates an actor.</summary>
    /// <param name="client">The model. Not disposed of with the actor.</param>
    /// <param name="environmentFactory">Makes a fresh environment for one trial of a task.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The client, the factory, or a part of the options is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ReActActor(IChatClient client, Func<AgentTask, IAgentEnvironment> environmentFactory, ReActOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(environmentFactory);
        _client = client;
        _environmentFactory = environmentFactory;
        _options = options ?? new();
        _options.Validate();
        _chatOptions = ReActProtocol.Adapt(_options.ChatOptions, _options.UseStopSequence);
        _instructions = _options.Instructions ?? ReActProtocol.Instructions(_options);
    }

    /// <inheritdoc/>
    public ActorPrompt CreatePrompt(AgentTask task) =>
        ActorPrompts.Create(_instructions, _options.Examples, task, "Task: ");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The factory returned null.</exception>
    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunAsync(context, cancellationToken);
    }

    private async IAsyncEnumerable<AgentEvent> RunAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAgentEnvironment environment = _environmentFactory(context.Task)
            ?? throw new InvalidOperationException("The environment factory returned null; it must make an environment for each trial.");
        await using ConfiguredAsyncDisposable _ = environment.ConfigureAwait(false);
        if (context.Run.Recorder.HasActing && environment is not IReplayableEnvironment)
        {
            string reason = $"{environment.GetType().Name} is no {nameof(IReplayableEnvironment)}, so it cannot be brought to where it was.";
            await context.Run.RestartTrialAsync(reason, cancellationToken).ConfigureAwait(false);
        }

        Observation start = Limit(await environment.ResetAsync(context.Task, cancellationToken).ConfigureAwait(false));
        yield return new EnvironmentReset(start);
        if (start.IsTerminal)
        {
            yield return new ActorFinished(TrajectoryEnd.EnvironmentTerminal, Detail: "The environment was over before the first step.");
            yield break;
        }

        // The metered client clones the options for every call.
        IChatClient model = context.Run.Meter(_client, AgentComponent.Actor);
        var progress = new ProgressMonitor(_options.Progress);
        var transcript = new Transcript(context.Prompt.ToMessages(), _options.Context);
        progress.See(start);
        if (start.Text.Length > 0)
        {
            transcript.Add(Show(0, note: null, start));
        }

        ActorFinished? finished = null;
        for (int number = 1; finished is null; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!transcript.TryFit())
            {
                finished = new(TrajectoryEnd.ContextLimit, Detail: transcript.Overflow);
                break;
            }

            var turn = new ModelTurn(model, transcript.Messages, CallOptions.Of(context, _chatOptions, _options.SeedsCalls, number));
            await foreach (ModelTextDelta delta in turn.RunAsync(context.Run.Streams, cancellationToken).ConfigureAwait(false))
            {
                yield return delta;
            }

            ChatFinishReason? reason = turn.Response.FinishReason;
            ReActReply reply = ReActReply.Parse(turn.Response.Text, _options.Syntax);
            Observation? seen = await CarryOutAsync(environment, reply, reason, cancellationToken).ConfigureAwait(false);
            TrajectoryStep step = Record(number, reply, seen);
            yield return new StepCompleted(step);

            finished = Finish(step, progress)?.With(reason);
            if (finished is null)
            {
                transcript.Add(new ChatMessage(ChatRole.Assistant, reply.Text.Length == 0 ? ReActProtocol.EmptyReply : reply.Text));
                transcript.Add(Show(number, reply.HasMoreActions ? ReActProtocol.OnlyFirst : null, seen!));
            }
        }

        yield return finished;
    }

    /// <summary>Hands the action to the environment, unless it is the answer or cannot be read.</summary>
    private async ValueTask<Observation?> CarryOutAsync(
        IAgentEnvironment environment, ReActReply reply, ChatFinishReason? reason, CancellationToken cancellationToken)
    {
        if (reply.Problem is { } problem)
        {
            return new Observation(ReActProtocol.Correction(problem, reason)) { Integrity = TextIntegrity.Trusted };
        }

        return reply.IsAnswer ? null : Limit(await environment.StepAsync(reply.Action!, cancellationToken).ConfigureAwait(false));
    }

    private static TrajectoryStep Record(int number, ReActReply reply, Observation? seen) => new()
    {
        Number = number,
        Thought = reply.Thought,
        Action = reply.Action,
        Observation = seen is not null && reply.HasMoreActions ? seen with { Text = $"{ReActProtocol.OnlyFirst}\n{seen.Text}" } : seen,
        Outcome = reply.Problem is not null ? StepOutcome.MalformedAction : reply.IsAnswer ? StepOutcome.Answered : StepOutcome.Executed,
    };

    private ActorFinished? Finish(TrajectoryStep step, ProgressMonitor progress) =>
        step.Outcome == StepOutcome.Answered ? new(TrajectoryEnd.Answered, step.Action!.Argument)
        : step.Observation!.IsTerminal ? new(TrajectoryEnd.EnvironmentTerminal)
        : progress.Record(step)
        ?? (step.Number < _options.MaxSteps ? null
            : new(TrajectoryEnd.StepLimit, Detail: $"All {_options.MaxSteps} steps were used; {nameof(ReActOptions)}.{nameof(ReActOptions.MaxSteps)} allows more."));

    private Observation Limit(Observation? observation) =>
        observation is null ? throw new InvalidOperationException("The environment returned null in place of an observation; return one with an empty text where there is nothing to see.")
        : observation.Text.Length <= _options.MaxObservationCharacters ? observation
        : observation with { Text = Excerpt.Of(observation.Text, _options.MaxObservationCharacters) };

    private ReActObservation Show(int step, string? note, Observation seen) =>
        new(step, note, seen.Text, _options.FenceObservations && seen.Integrity != TextIntegrity.Trusted);
}
