using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Reflexion.Samples;

/// <summary>OpenAI's SDK as an <see cref="IChatClient"/>: text, images, tools and structured output, streamed or not.</summary>
/// <remarks>The package Microsoft.Extensions.AI.OpenAI has a fuller one; this needs no package besides the SDK.</remarks>
public sealed class OpenAIChatClient(ChatClient client) : IChatClient
{
    private readonly OpenAIRequest _requests = new(client);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ClientResult<ChatCompletion> result = await client.CompleteChatAsync(OpenAIRequest.Messages(messages), _requests.Options(options, this), cancellationToken);
        return OpenAIResponse.From(result);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new StreamedToolCalls();
        AsyncCollectionResult<StreamingChatCompletionUpdate> stream =
            client.CompleteChatStreamingAsync(OpenAIRequest.Messages(messages), _requests.Options(options, this), cancellationToken);
        await foreach (StreamingChatCompletionUpdate update in stream.WithCancellation(cancellationToken))
        {
            calls.Add(update.ToolCallUpdates);
            yield return OpenAIResponse.From(update, update.FinishReason is null ? [] : calls.Take());
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", client.Endpoint, client.Model)
            : serviceType.IsInstanceOfType(client) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
