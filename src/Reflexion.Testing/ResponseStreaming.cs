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

    /// <summary>One token per four characters of each message.</summary>
    internal static UsageDetails EstimateUsage(IReadOnlyList<ChatMessage> messages, ChatResponse response)
    {
        long input = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            input += (Length(messages[i]) + 3) / 4;
        }

        long output = 0;
        for (int i = 0; i < response.Messages.Count; i++)
        {
            output += Length(response.Messages[i]);
        }

        output = (output + 3) / 4;
        return new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    // ChatMessage.Text would join the pieces only to be measured.
    private static long Length(ChatMessage message)
    {
        long length = 0;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            length += message.Contents[i] is TextContent text ? text.Text.Length : 0;
        }

        return length;
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
        AuthorName = message?.AuthorName,
        ModelId = response.ModelId,
        ConversationId = response.ConversationId,
        CreatedAt = response.CreatedAt,
    };
}
