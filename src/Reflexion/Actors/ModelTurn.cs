using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>One call of an actor's model. Streaming and not streaming differ here and nowhere else.</summary>
internal sealed class ModelTurn(IChatClient client, IList<ChatMessage> messages, ChatOptions? options)
{
    private ChatResponse? _response;

    /// <summary>The whole reply, once <see cref="RunAsync"/> has been read to its end.</summary>
    internal ChatResponse Response => _response ?? throw new InvalidOperationException("The model's reply has not been read to its end.");

    /// <summary>Calls the model; yields its text as it comes where <paramref name="stream"/> is set, nothing otherwise.</summary>
    internal async IAsyncEnumerable<ModelTextDelta> RunAsync(bool stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!stream)
        {
            _response = await client.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
            if (update.Text is { Length: > 0 } text)
            {
                yield return new ModelTextDelta(text);
            }
        }

        _response = updates.ToChatResponse();
    }
}
