using Microsoft.Extensions.AI;

namespace Reflexion.Benchmarks;

/// <summary>Answers at once, or after a latency, and takes no more than a reply needs, so that what is measured is the loop.</summary>
internal sealed class InstantChatClient(Func<IList<ChatMessage>, string> reply, TimeSpan latency = default) : IChatClient
{
    private static readonly UsageDetails Usage = new() { InputTokenCount = 400, OutputTokenCount = 25, TotalTokenCount = 425 };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, reply((IList<ChatMessage>)messages))) { Usage = Usage };
        return latency == default ? Task.FromResult(response) : LaterAsync(response, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The benchmarks do not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task<ChatResponse> LaterAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, cancellationToken);
        return response;
    }
}
