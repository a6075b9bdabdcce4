using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Identifies what a model is asked: component, messages, and the options that matter to the reply.</summary>
internal static class RequestKey
{
    internal static string Of(AgentComponent component, IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        JournalHash.Of([component.ToString(), .. messages.SelectMany(Texts), .. Texts(options)]);

    private static IEnumerable<string?> Texts(ChatMessage message) =>
        [message.Role.Value, message.AuthorName, Number(message.Contents.Count), .. message.Contents.SelectMany(Texts)];

    private static string?[] Texts(AIContent content) => content switch
    {
        TextContent text => ["text", text.Text],
        TextReasoningContent reasoning => ["reasoning", reasoning.Text],
        FunctionCallContent call => ["call", call.CallId, call.Name, CompactJson.Write(call.Arguments)],
        FunctionResultContent result => ["result", result.CallId, TextOf(result.Result)],
        DataContent data => ["data", data.MediaType, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(data.Data.Span))],
        UriContent uri => ["uri", uri.Uri.ToString(), uri.MediaType],
        _ => [content.GetType().Name],
    };

    private static string? TextOf(object? result) => result switch
    {
        null => null,
        string text => text,
        JsonElement element => CompactJson.Write(element),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => result.ToString(),
    };

    private static IEnumerable<string?> Texts(ChatOptions? options) => options is null ? [] :
    [
        options.ModelId, options.Instructions, options.ConversationId, options.ToolMode?.ToString(),
        Number(options.Temperature), Number(options.TopP), Number(options.TopK), Number(options.FrequencyPenalty), Number(options.PresencePenalty),
        Number(options.MaxOutputTokens), Number(options.Seed),
        .. options.StopSequences ?? [],
        .. Texts(options.ResponseFormat),
        .. options.Tools?.Select(tool => tool.Name) ?? [],
    ];

    private static string?[] Texts(ChatResponseFormat? format) => format switch
    {
        null => [],
        ChatResponseFormatJson json => ["json", json.SchemaName, json.Schema is { } schema ? CompactJson.Write(schema) : null],
        _ => [format.GetType().Name],
    };

    private static string? Number<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
