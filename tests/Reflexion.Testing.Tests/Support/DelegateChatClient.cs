using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

/// <summary>A client made of two functions.</summary>
internal sealed class DelegateChatClient(
    Func<IEnumerable<ChatMessage>, CancellationToken, Task<ChatResponse>>? respond = null,
    Func<IEnumerable<ChatMessage>, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? stream = null) : IChatClient
{
    public bool IsDisposed { get; private set; }

    public int Calls { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        return respond!(messages, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        return stream!(messages, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is "key" ? "keyed service" : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => IsDisposed = true;
}
