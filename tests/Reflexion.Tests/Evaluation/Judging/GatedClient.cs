using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>Answers nobody until a number of calls are waiting at once.</summary>
internal sealed class GatedClient(int calls) : IChatClient
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _waiting) == calls)
        {
            _open.SetResult();
        }

        await _open.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return new(new ChatMessage(ChatRole.Assistant, """{"score": 1, "success": true, "feedback": "f"}"""));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
