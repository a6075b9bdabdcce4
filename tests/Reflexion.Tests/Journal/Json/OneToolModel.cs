using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A model that calls a tool twice, cannot write its arguments the third time, and answers.</summary>
internal sealed class OneToolModel : IChatClient
{
    internal static readonly AITool Tool = AIFunctionFactory.Create((string place) => $"{place} is \"dark\" 🎯", "look");

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        int round = messages.Count(message => message.Role == ChatRole.Tool);
        AIContent[] contents = round switch
        {
            0 => [new TextReasoningContent("hm") { ProtectedData = "sealed" }, new TextContent("First."), Call("c0", "the hall")],
            1 => [Call("c1", "the attic")],
            2 => [new FunctionCallContent("c2", "look") { Exception = new FormatException("no JSON") }],
            _ => [new TextContent("nowhere")],
        };
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = "one-tool-1",
            ResponseId = $"r{round}",
            FinishReason = round < 3 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 100, OutputTokenCount = 10, CachedInputTokenCount = 50 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call(string id, string place) => new(id, "look", new Dictionary<string, object?> { ["place"] = place });
}

/// <summary>An actor that starts as one with an environment that cannot be replayed does.</summary>
internal sealed class StartingActor(IActor inner) : IActor
{
    public ActorPrompt CreatePrompt(AgentTask task) => inner.CreatePrompt(task);

    public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await context.Run.RestartTrialAsync("The house cannot be replayed.", cancellationToken);
        yield return new EnvironmentReset(new("A house.") { Integrity = TextIntegrity.Trusted });
        await foreach (AgentEvent happened in inner.ActAsync(context, cancellationToken))
        {
            yield return happened;
        }
    }
}
