using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Responses and updates as data, and back.</summary>
internal static class ResponseMapping
{
    internal static CassetteResponse Record(ChatResponse response, Func<string, string> redact)
    {
        var contents = new ContentRecorder(redact, keepsData: true);
        return new([.. response.Messages.Select(message => new CassetteMessage(message.Role.Value, TextRuns.Redact([.. message.Contents.Select(contents.Record)], redact))
        {
            Author = message.AuthorName,
            Id = message.MessageId,
            CreatedAt = message.CreatedAt,
        })])
        {
            Finish = response.FinishReason?.Value,
            Model = response.ModelId,
            Id = response.ResponseId,
            Conversation = response.ConversationId,
            CreatedAt = response.CreatedAt,
            Usage = response.Usage is null ? null : UsageMapping.Record(response.Usage),
        };
    }

    internal static IReadOnlyList<CassetteUpdate> Record(IReadOnlyList<ChatResponseUpdate> updates, Func<string, string> redact)
    {
        var recorder = new ContentRecorder(redact, keepsData: true);
        List<IReadOnlyList<CassetteContent>> contents = TextRuns.Redact([.. updates.Select(update => (IReadOnlyList<CassetteContent>)[.. update.Contents.Select(recorder.Record)])], redact);
        return [.. updates.Select((update, i) => new CassetteUpdate(contents[i])
        {
            Role = update.Role?.Value,
            Author = update.AuthorName,
            Finish = update.FinishReason?.Value,
            Model = update.ModelId,
            Id = update.ResponseId,
            MessageId = update.MessageId,
            Conversation = update.ConversationId,
            CreatedAt = update.CreatedAt,
        })];
    }

    internal static ChatResponse Replay(CassetteResponse response) => new([.. response.Messages.Select(message =>
        new ChatMessage(new ChatRole(message.Role), ContentReplay.Replay(message.Contents)) { AuthorName = message.Author, MessageId = message.Id, CreatedAt = message.CreatedAt })])
    {
        FinishReason = response.Finish is null ? null : new ChatFinishReason(response.Finish),
        ModelId = response.Model,
        ResponseId = response.Id,
        ConversationId = response.Conversation,
        CreatedAt = response.CreatedAt,
        Usage = response.Usage is null ? null : UsageMapping.Replay(response.Usage),
    };

    internal static ChatResponseUpdate Replay(CassetteUpdate update) => new(update.Role is null ? null : new ChatRole(update.Role), ContentReplay.Replay(update.Contents))
    {
        AuthorName = update.Author,
        FinishReason = update.Finish is null ? null : new ChatFinishReason(update.Finish),
        ModelId = update.Model,
        ResponseId = update.Id,
        MessageId = update.MessageId,
        ConversationId = update.Conversation,
        CreatedAt = update.CreatedAt,
    };
}
