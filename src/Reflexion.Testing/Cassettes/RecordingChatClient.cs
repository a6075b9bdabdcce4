using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Passes calls on to a model and records them, faults included, at the end of a <see cref="Cassette"/>.</summary>
/// <remarks>
/// An answer is handed on once it is in the file. A call that the caller cancels is not recorded; a stream whose reader stops or
/// cancels is recorded as far as it was read, and its replay fails where a reader wants more. Does not own the cassette.
/// <example><code>
/// using Cassette cassette = Cassette.Open("cassettes/answer.jsonl");
/// using IChatClient client = new RecordingChatClient(model, cassette);
/// </code></example>
/// </remarks>
/// <param name="innerClient">The model; disposed of with this client.</param>
/// <param name="cassette">Where calls are recorded.</param>
public sealed class RecordingChatClient(IChatClient innerClient, Cassette cassette) : DelegatingChatClient(innerClient)
{
    private readonly Cassette _cassette = cassette ?? throw new ArgumentNullException(nameof(cassette));

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> sent = [.. messages];
        CassetteRequest request = _cassette.Normalize(sent, options);
        _cassette.OpenForRecording();
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await _cassette.RecordAsync(request, fault).ConfigureAwait(false);
            throw;
        }

        await _cassette.RecordAsync(request, response).ConfigureAwait(false);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> sent = [.. messages];
        CassetteRequest request = _cassette.Normalize(sent, options);
        _cassette.OpenForRecording();
        var updates = new List<ChatResponseUpdate>();
        CassetteFault? end = Faults.Abandoned;
        IAsyncEnumerator<ChatResponseUpdate> stream = base.GetStreamingResponseAsync(sent, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await stream.MoveNextAsync().ConfigureAwait(false))
                    {
                        end = null;
                        break;
                    }
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    end = _cassette.Describe(fault);
                    throw;
                }

                updates.Add(stream.Current);
                yield return stream.Current;
            }
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            await _cassette.RecordAsync(request, updates, end).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(Cassette) ? _cassette : base.GetService(serviceType, serviceKey);
}
