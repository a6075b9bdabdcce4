using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>An actor that sends a caller's own conversation, with what was learnt in a message after the last of the user's.</summary>
/// <remarks>One instance serves one request: it keeps the response of each trial.</remarks>
internal sealed class ConversationActor(IChatClient client, IList<ChatMessage> conversation, ChatOptions? options) : IActor
{
    private readonly Dictionary<int, ChatResponse> _responses = [];

    /// <summary>Stands in until there is a request.</summary>
    internal static IActor Unbound { get; } = new ConversationActor(null!, [], null);

    /// <summary>The request as a task. Its id follows from the conversation up to the user's last message, tool results after it left out.</summary>
    internal AgentTask Task
    {
        get
        {
            int last = LastOfUser;
            string key = string.Join("\n", conversation.Take(last < 0 ? conversation.Count : last + 1).Select(message => $"{message.Role.Value}: {message.Text}"));
            string instruction = last < 0 ? "" : conversation[last].Text;
            return new(AgentTask.FromInstruction($"conversation\n{key}").Id, string.IsNullOrWhiteSpace(instruction) ? "(a request without text)" : instruction);
        }
    }

    private int LastOfUser
    {
        get
        {
            int last = conversation.Count - 1;
            while (last >= 0 && conversation[last].Role != ChatRole.User)
            {
                last--;
            }

            return last;
        }
    }

    internal ChatResponse? ResponseOf(int? trial) => trial is { } number ? _responses.GetValueOrDefault(number) : null;

    public ActorPrompt CreatePrompt(AgentTask task) => new([new(PromptPartKind.Task, task.Instruction, TextIntegrity.Untrusted)]);

    public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [.. conversation];
        if (context.Prompt.ToLearntMessage() is { } learnt)
        {
            int last = LastOfUser;
            messages.Insert(last < 0 ? messages.Count : last + 1, learnt);
        }

        IChatClient metered = context.Run.Meter(client, AgentComponent.Actor);
        ChatResponse response = await metered.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        _responses[context.Trial] = response;
        if (response.Messages.Any(message => message.Contents.Any(content => content is FunctionCallContent)))
        {
            yield return new ActorFinished(TrajectoryEnd.AwaitsTools);
            yield break;
        }

        yield return new StepCompleted(new() { Number = 1, Action = new(response.Text), Outcome = StepOutcome.Answered });
        yield return new ActorFinished(TrajectoryEnd.Answered, response.Text);
    }
}
