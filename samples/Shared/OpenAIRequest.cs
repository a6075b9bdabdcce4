using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Reflexion.Samples;

/// <summary>Turns messages and options into the SDK's.</summary>
internal sealed class OpenAIRequest(ChatClient client)
{
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    internal static List<OpenAI.Chat.ChatMessage> Messages(IEnumerable<ChatMessage> messages)
    {
        var converted = new List<OpenAI.Chat.ChatMessage>();
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                converted.AddRange(message.Contents.OfType<FunctionResultContent>().Select(result => new ToolChatMessage(result.CallId, Text(result))));
            }
            else
            {
                converted.Add(
                    message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
                    : message.Role == ChatRole.Assistant ? Assistant(message)
                    : new UserChatMessage(Parts(message)));
            }
        }

        return converted;
    }

    internal ChatCompletionOptions Options(ChatOptions? options, IChatClient sender)
    {
        var converted = options?.RawRepresentationFactory?.Invoke(sender) as ChatCompletionOptions ?? new();
        if (options is null)
        {
            return converted;
        }

        converted.Temperature ??= options.Temperature;
        converted.TopP ??= options.TopP;
        converted.FrequencyPenalty ??= options.FrequencyPenalty;
        converted.PresencePenalty ??= options.PresencePenalty;
        converted.ResponseFormat ??= Format(options.ResponseFormat);
        converted.Seed ??= options.Seed;
        if (options.ModelId is { } model && model != client.Model)
        {
            converted.Patch.Set("$.model"u8, model);
        }

        if (options.MaxOutputTokens is { } limit)
        {
            Limit(converted, limit);
        }

        foreach (string stop in options.StopSequences ?? [])
        {
            converted.StopSequences.Add(stop);
        }

        AddTools(converted, options);
        return converted;
    }

    /// <summary>Other servers know only the older name of the limit.</summary>
    private void Limit(ChatCompletionOptions converted, int limit)
    {
        if (client.Endpoint.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase))
        {
            converted.MaxOutputTokenCount ??= limit;
        }
        else
        {
            converted.Patch.Set("$.max_tokens"u8, limit);
        }
    }

    private static void AddTools(ChatCompletionOptions converted, ChatOptions options)
    {
        foreach (AIFunctionDeclaration tool in options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            converted.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        if (converted.Tools.Count == 0)
        {
            return;
        }

        converted.AllowParallelToolCalls ??= options.AllowMultipleToolCalls;
        converted.ToolChoice ??= options.ToolMode switch
        {
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            AutoChatToolMode => ChatToolChoice.CreateAutoChoice(),
            _ => null,
        };
    }

    private static OpenAI.Chat.ChatResponseFormat? Format(Microsoft.Extensions.AI.ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(
            json.SchemaName ?? "reply", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
        ChatResponseFormatJson => OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat(),
        _ => null,
    };

    private static AssistantChatMessage Assistant(ChatMessage message)
    {
        ChatToolCall[] calls = [.. message.Contents.OfType<FunctionCallContent>().Select(call =>
            ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(Json(call.Arguments ?? new Dictionary<string, object?>()))))];
        if (calls.Length == 0)
        {
            return new(message.Text);
        }

        var converted = new AssistantChatMessage(calls);
        if (message.Text.Length > 0)
        {
            converted.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        }

        return converted;
    }

    private static IEnumerable<ChatMessageContentPart> Parts(ChatMessage message)
    {
        foreach (AIContent content in message.Contents)
        {
            yield return content switch
            {
                TextContent text => ChatMessageContentPart.CreateTextPart(text.Text),
                UriContent image when image.HasTopLevelMediaType("image") => ChatMessageContentPart.CreateImagePart(image.Uri),
                DataContent image when image.HasTopLevelMediaType("image") => ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(image.Data), image.MediaType),
                _ => throw new NotSupportedException($"This client sends no {content.GetType().Name}; it knows text and images."),
            };
        }
    }

    private static string Text(FunctionResultContent result) => result.Result as string ?? (result.Result is null ? "" : Json(result.Result));

    private static string Json(object value) => JsonSerializer.Serialize(value, Compact);
}
