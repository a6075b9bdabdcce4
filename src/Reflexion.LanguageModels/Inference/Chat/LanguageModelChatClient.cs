using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>A model as a chat client.</summary>
internal sealed class LanguageModelChatClient : IChatClient
{
    private const string Provider = "reflexion";

    private readonly LanguageModel _model;
    private readonly LanguageModelChatOptions _defaults;
    private readonly ChatRequests _requests;
    private readonly ChatClientMetadata _metadata;

    public LanguageModelChatClient(LanguageModel model, LanguageModelChatOptions defaults)
    {
        (_model, _defaults) = (model, defaults);
        _requests = new(model, defaults);
        _metadata = new(Provider, defaultModelId: ModelId);
    }

    private string ModelId => _defaults.ModelId ?? _model.Name;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(messages, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(LanguageModel) ? _model
            : serviceType == typeof(Tokenizer) ? _model.Tokenizer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        GenerationRequest request = _requests.Make(messages, options);
        string? own = _defaults.RecordTokens && _defaults.Adapter is null ? _model.Hash : null;
        GenerationSequence sequence = _model.Begin(request);
        string id = $"{sequence.Seed:x16}-{request.PromptIds.Length}";
        string? weights = _defaults.RecordTokens ? sequence.AdapterHash ?? own : null;
        var tokens = new List<SampledToken>();
        try
        {
            await foreach (GeneratedPiece piece in sequence.Pieces.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                tokens.Add(piece.Token);
                if (piece.Text.Length > 0 || piece.Finish is not null)
                {
                    ChatResponseUpdate update = Update(id, request, tokens.Count, piece);
                    update.AdditionalProperties = piece.Finish is null || weights is null ? null : Record(request, tokens, weights);
                    yield return update;
                }
            }
        }
        finally
        {
            sequence.Cancel();
        }
    }

    private static AdditionalPropertiesDictionary Record(GenerationRequest request, List<SampledToken> tokens, string weights) => new ReplyTokens
    {
        PromptIds = request.PromptIds,
        Ids = [.. tokens.Select(token => token.Id)],
        LogProbs = [.. tokens.Select(token => token.LogProb)],
        WeightsHash = weights,
    }.ToProperties();

    private ChatResponseUpdate Update(string id, GenerationRequest request, int count, GeneratedPiece piece)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, piece.Text.Length > 0 ? [new TextContent(piece.Text)] : [])
        {
            ResponseId = id,
            MessageId = id,
            ModelId = ModelId,
        };
        if (piece.Finish is { } finish)
        {
            update.FinishReason = finish == GenerationFinish.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
            update.Contents.Add(new UsageContent(new()
            {
                InputTokenCount = request.PromptIds.Length,
                OutputTokenCount = count,
                TotalTokenCount = request.PromptIds.Length + count,
                CachedInputTokenCount = piece.Reused,
            }));
        }

        return update;
    }
}
