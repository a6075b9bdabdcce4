using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Reflexion.Samples;

/// <summary>Turns the SDK's completions into responses.</summary>
internal static class OpenAIResponse
{
    internal static ChatResponse From(ChatCompletion completion)
    {
        try
        {
            return Read(completion);
        }
        catch (ArgumentOutOfRangeException missing)
        {
            throw new InvalidDataException("The reply holds no choice.", missing);
        }
    }

    private static ChatResponse Read(ChatCompletion completion)
    {
        var message = new ChatMessage(ChatRole.Assistant, [.. Contents(completion.Content)]) { MessageId = completion.Id };
        foreach (ChatToolCall call in completion.ToolCalls)
        {
            message.Contents.Add(Call(call.Id, call.FunctionName, call.FunctionArguments.ToString()));
        }

        if (completion.Refusal is { Length: > 0 } refusal)
        {
            message.Contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }

        return new(message)
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = Finish(completion.FinishReason),
            Usage = completion.Usage is { } usage ? Usage(usage) : null,
            RawRepresentation = completion,
        };
    }

    internal static ChatResponseUpdate From(StreamingChatCompletionUpdate update, List<AIContent> calls)
    {
        List<AIContent> contents = [.. Contents(update.ContentUpdate), .. calls];
        if (update.RefusalUpdate is { Length: > 0 } refusal)
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }

        if (update.Usage is { } usage)
        {
            contents.Add(new UsageContent(Usage(usage)));
        }

        return new(ChatRole.Assistant, contents)
        {
            ResponseId = update.CompletionId,
            MessageId = update.CompletionId,
            ModelId = update.Model,
            CreatedAt = update.CreatedAt,
            FinishReason = update.FinishReason is { } reason ? Finish(reason) : null,
            RawRepresentation = update,
        };
    }

    internal static FunctionCallContent Call(string id, string name, string arguments) => FunctionCallContent.CreateFromParsedArguments(
        arguments, id, name, static text => text.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, object?>>(text));

    private static IEnumerable<AIContent> Contents(ChatMessageContent content) =>
        content.Where(part => part.Kind == ChatMessageContentPartKind.Text && part.Text.Length > 0).Select(part => new TextContent(part.Text));

    private static ChatFinishReason Finish(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails Usage(ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };
}
