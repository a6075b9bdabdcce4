using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A client whose calls do what the test says, each told its number from 1.</summary>
internal sealed class StubChatClient : IChatClient
{
    private int _calls;

    public Func<int, CancellationToken, Task<ChatResponse>> Respond { get; init; } = (_, _) => Task.FromResult(Reply("ok"));

    public Func<int, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? Stream { get; init; }

    public Action<ChatOptions?> OnOptions { get; init; } = _ => { };

    public int Calls => Volatile.Read(ref _calls);

    public bool IsDisposed { get; private set; }

    public static ChatResponse Reply(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };

    /// <summary>A stream of texts; <c>"."</c> is a finish reason, and the fault comes last where there is one.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Updates(IEnumerable<string> texts, Exception? fault = null)
    {
        foreach (string text in texts)
        {
            await Task.Yield();
            yield return text == "." ? new() { FinishReason = ChatFinishReason.Stop } : new(ChatRole.Assistant, text);
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OnOptions(options);
        return Respond(Interlocked.Increment(ref _calls), cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OnOptions(options);
        return Stream!(Interlocked.Increment(ref _calls), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(StubChatClient) ? this : null;

    public void Dispose() => IsDisposed = true;
}
