using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Turns a whole response into the updates of a stream.</summary>
internal static class ResponseStreaming
{
    /// <summary>One update a word, then the other contents, then finish reason and usage.</summary>
    internal static IEnumerable<ChatResponseUpdate> Split(ChatResponse response)
    {
        foreach (ChatMessage message in response.Messages)
        {
            foreach (AIContent content in message.Contents)
            {
                foreach (AIContent piece in content is TextContent text ? Words(text.Text) : [content])
                {
                    yield return Update(response, message, [piece]);
                }
            }
        }

        ChatResponseUpdate last = Update(response, response.Messages.LastOrDefault(), response.Usage is null ? [] : [new UsageContent(response.Usage)]);
        last.FinishReason = response.FinishReason;
        yield return last;
    }

    internal static UsageDetails EstimateUsage(ImmutableArray<ChatMessage> messages, ChatResponse response)
    {
        long input = messages.Sum(message => (long)(message.Text.Length + 3) / 4);
        long output = (response.Text.Length + 3) / 4;
        return new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    private static IEnumerable<AIContent> Words(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int space = text.IndexOf(' ', start);
            int end = space < 0 ? text.Length : space + 1;
            yield return new TextContent(text[start..end]);
            start = end;
        }
    }

    private static ChatResponseUpdate Update(ChatResponse response, ChatMessage? message, IList<AIContent> contents) => new(message?.Role ?? ChatRole.Assistant, contents)
    {
        ResponseId = response.ResponseId,
        MessageId = message?.MessageId,
        ModelId = response.ModelId,
        ConversationId = response.ConversationId,
        CreatedAt = response.CreatedAt,
    };
}
