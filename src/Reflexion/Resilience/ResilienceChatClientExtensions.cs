using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Resilience for any chat client.</summary>
public static class ResilienceChatClientExtensions
{
    /// <summary>
    /// Makes a client survive transient faults: retries with backoff that honours <c>Retry-After</c>, timeouts, a circuit
    /// breaker, a limit on calls at once and fallback clients. Permanent faults give one clear error at once.
    /// </summary>
    /// <remarks>
    /// The result is safe for many calls at once. Around a client that is resilient already, its retries do not multiply. A call that fails throws <see cref="ChatFaultException"/>, or
    /// <see cref="ChatStreamInterruptedException"/> after part of a stream was handed on; cancellation by the caller is an
    /// <see cref="OperationCanceledException"/> of the caller's token and is never retried. Timeouts work through the token
    /// that the client is given: one that ignores it cannot be hurried.
    /// </remarks>
    /// <param name="client">The client; disposed of with the result.</param>
    /// <param name="options">How to cope; null for the defaults. Later changes of it have no effect.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IChatClient WithResilience(this IChatClient client, ChatResilienceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new();
        string[] faults = [.. options.Validate()];
        return faults.Length == 0
            ? new ResilientChatClient(client, options.Copy())
            : throw new ArgumentException(string.Join(" ", faults), nameof(options));
    }
}
