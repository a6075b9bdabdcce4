using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Answers from a <see cref="Cassette"/>, faults included, without a model.</summary>
/// <remarks>
/// A call that was recorded whole can be replayed as a stream, word by word, and one recorded as a stream can be replayed
/// whole; a recorded fault is thrown as a <see cref="ReplayedFaultException"/>. Does not own the cassette.
/// <example><code>
/// using Cassette cassette = Cassette.Open("cassettes/answer.jsonl");
/// using IChatClient client = new ReplayChatClient(cassette);
/// </code></example>
/// </remarks>
/// <param name="cassette">The recorded calls.</param>
/// <param name="missing">Who answers what the cassette does not hold, say a <see cref="RecordingChatClient"/>; disposed of with this client. Null (default): such a call is refused.</param>
public sealed class ReplayChatClient(Cassette cassette, IChatClient? missing = null) : IChatClient
{
    private readonly Cassette _cassette = cassette ?? throw new ArgumentNullException(nameof(cassette));

    /// <inheritdoc/>
    /// <exception cref="CassetteMismatchException">The cassette does not hold the call, or holds it fewer times than it was asked for.</exception>
    /// <exception cref="ReplayedFaultException">The recorded call had failed.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> sent = [.. messages];
        if (Play(sent, options) is not { } entry)
        {
            return await missing!.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }

        return entry.Fault is { } fault ? throw new ReplayedFaultException(fault)
            : entry.Response is { } response ? ResponseMapping.Replay(response)
            : entry.Updates!.Select(ResponseMapping.Replay).ToChatResponse();
    }

    /// <inheritdoc/>
    /// <exception cref="CassetteMismatchException">The cassette does not hold the call, or holds it fewer times than it was asked for.</exception>
    /// <exception cref="ReplayedFaultException">The recorded call had failed; where it was a stream, after the updates that had come.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> sent = [.. messages];
        CassetteEntry? entry = Play(sent, options);
        IAsyncEnumerable<ChatResponseUpdate> updates = entry is null
            ? missing!.GetStreamingResponseAsync(sent, options, cancellationToken)
            : Updates(entry).ToAsyncEnumerable();
        await foreach (ChatResponseUpdate update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }

        if (entry?.Fault is { } fault)
        {
            throw new ReplayedFaultException(fault);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? missing?.GetService(serviceType, serviceKey)
            : serviceType == typeof(Cassette) ? _cassette
            : serviceType.IsInstanceOfType(this) ? this
            : missing?.GetService(serviceType);
    }

    /// <inheritdoc/>
    public void Dispose() => missing?.Dispose();

    private static IEnumerable<ChatResponseUpdate> Updates(CassetteEntry entry) => entry switch
    {
        { Updates: { } updates } => updates.Select(ResponseMapping.Replay),
        { Response: { } response } => ResponseStreaming.Split(ResponseMapping.Replay(response)),
        _ => [],
    };

    private CassetteEntry? Play(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        CassetteRequest request = _cassette.Normalize(messages, options);
        CassetteEntry? entry = _cassette.Play(request);
        return entry is null && missing is null ? throw _cassette.Mismatch(request) : entry;
    }
}
