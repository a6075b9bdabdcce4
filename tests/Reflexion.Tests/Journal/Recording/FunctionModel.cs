using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A model whose reply follows from the request, so that it says the same in every process. Counts its calls.</summary>
internal sealed class FunctionModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatMessage> reply) : IChatClient
{
    /// <summary>Every call that was made, by what was asked.</summary>
    internal ConcurrentQueue<string> Calls { get; } = new();

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        IReadOnlyList<ChatMessage> sent = [.. messages];
        Calls.Enqueue(HashOf(sent, options));
        int size = sent.Sum(message => message.Text.Length);
        return new(reply(sent, options)) { ModelId = "function-1", Usage = new() { InputTokenCount = size, OutputTokenCount = 7, CachedInputTokenCount = size / 2 } };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        string text = response.Text;
        foreach (string part in (string[])[text[..(text.Length / 2)], text[(text.Length / 2)..]])
        {
            yield return new(ChatRole.Assistant, part) { ModelId = response.ModelId };
        }

        yield return new(ChatRole.Assistant, [new UsageContent(response.Usage!)]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>Four digits that follow from what was asked.</summary>
    internal static string HashOf(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => RequestKey.Of(AgentComponent.Actor, messages, options)[..4];
}
