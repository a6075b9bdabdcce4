using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Answers in one completion; the whole text of the reply is the answer.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ChatActor : IActor
{
    private readonly IChatClient _client;
    private readonly string? _instructions;
    private readonly ChatOptions? _chatOptions;
    private readonly bool _seedsCalls;

    /// <summary>Creates an actor.</summary>
    /// <param name="client">The model. Not disposed of with the actor.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public ChatActor(IChatClient client, ChatActorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _instructions = options?.Instructions;
        _chatOptions = options?.ChatOptions?.Clone();
        _seedsCalls = options?.SeedsCalls ?? false;
    }

    /// <inheritdoc/>
    public ActorPrompt CreatePrompt(AgentTask task) => ActorPrompts.Create(_instructions, examples: null, task, taskLabel: "");

    /// <inheritdoc/>
    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunAsync(context, cancellationToken);
    }

    private async IAsyncEnumerable<AgentEvent> RunAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The metered client clones the options for the call.
        var turn = new ModelTurn(context.Run.Meter(_client, AgentComponent.Actor), context.Prompt.ToMessages(), CallOptions.Of(context, _chatOptions, _seedsCalls, step: 1));
        await foreach (ModelTextDelta delta in turn.RunAsync(context.Run.Streams, cancellationToken).ConfigureAwait(false))
        {
            yield return delta;
        }

        string answer = turn.Response.Text;
        bool isEmpty = string.IsNullOrWhiteSpace(answer);
        yield return new StepCompleted(new()
        {
            Number = 1,
            Thought = Reasoning(turn.Response),
            Action = isEmpty ? null : new AgentAction(answer.Trim()),
            Observation = isEmpty ? new("Your reply was empty. Write the answer as text.") { Integrity = TextIntegrity.Trusted } : null,
            Outcome = isEmpty ? StepOutcome.MalformedAction : StepOutcome.Answered,
        });
        ActorFinished finished = isEmpty
            ? new(TrajectoryEnd.NoProgress, Detail: "The model's reply was empty.")
            : new(TrajectoryEnd.Answered, answer);
        yield return finished.With(turn.Response.FinishReason);
    }

    /// <summary>What a reasoning model thought before it answered, or null.</summary>
    private static string? Reasoning(ChatResponse response)
    {
        string text = string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text)).Trim();
        return text.Length == 0 ? null : text;
    }
}
