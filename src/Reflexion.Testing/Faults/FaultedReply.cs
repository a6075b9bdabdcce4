using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>What a fault leaves of a reply. The reply itself stays as it is: it may be the script's own.</summary>
internal static class FaultedReply
{
    internal static ChatResponse Of(ChatResponse reply, InjectedFault fault) => fault.Kind switch
    {
        FaultKind.TruncatedText => Cut(reply, fault.Position, reply.FinishReason, isTextOnly: false),
        FaultKind.LengthLimit => Cut(reply, fault.Position, ChatFinishReason.Length, isTextOnly: true),
        FaultKind.SilentlyCutStream => Cut(reply, fault.Position, null, isTextOnly: true),
        FaultKind.EmptyReply => Copy(reply, _ => [], ChatFinishReason.Stop),
        FaultKind.ContentFilter => Copy(reply, _ => [], ChatFinishReason.ContentFilter),
        _ => reply,
    };

    private static ChatResponse Cut(ChatResponse reply, double position, ChatFinishReason? finish, bool isTextOnly)
    {
        int length = reply.Messages.SelectMany(message => message.Contents).OfType<TextContent>().Sum(text => text.Text.Length);
        int left = (int)(position * length);
        return Copy(reply, Contents, finish);

        IEnumerable<AIContent> Contents(ChatMessage message)
        {
            foreach (AIContent content in message.Contents)
            {
                if (content is TextContent text)
                {
                    int taken = Math.Min(left, text.Text.Length);
                    left -= taken;

                    // A provider sends whole characters.
                    yield return new TextContent(text.Text[..(taken > 0 && char.IsHighSurrogate(text.Text[taken - 1]) ? taken - 1 : taken)]);
                }
                else if (!isTextOnly)
                {
                    yield return length == 0 && content is FunctionCallContent call ? Unreadable(call) : content;
                }
            }
        }
    }

    private static FunctionCallContent Unreadable(FunctionCallContent call) =>
        new(call.CallId, call.Name) { Exception = new JsonException("Expected depth to be zero at the end of the JSON payload: the arguments are cut short.") };

    private static ChatResponse Copy(ChatResponse reply, Func<ChatMessage, IEnumerable<AIContent>> contents, ChatFinishReason? finish) =>
        new([.. reply.Messages.Select(message => new ChatMessage(message.Role, [.. contents(message)]) { AuthorName = message.AuthorName, MessageId = message.MessageId })])
        {
            FinishReason = finish,
            ModelId = reply.ModelId,
            ResponseId = reply.ResponseId,
            ConversationId = reply.ConversationId,
            CreatedAt = reply.CreatedAt,
            Usage = reply.Usage,
        };
}
