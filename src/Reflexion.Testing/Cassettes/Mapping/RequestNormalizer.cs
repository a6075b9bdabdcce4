using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Brings a request into the form that is recorded, compared and hashed.</summary>
internal static class RequestNormalizer
{
    internal static CassetteRequest Normalize(IEnumerable<ChatMessage> messages, ChatOptions? options, Func<string, string> redact)
    {
        var contents = new ContentRecorder(redact, keepsData: false);
        var callIds = new Dictionary<string, string>();
        return new([.. messages.Select(message => Normalize(message, contents, callIds, redact))], options is null ? null : Normalize(options, redact));
    }

    /// <summary>128 bits in hexadecimal; stable across machines and versions of this package that write the same format.</summary>
    internal static string Hash(CassetteRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, CassetteJson.Readable.CassetteRequest)).AsSpan(0, 16));

    private static CassetteMessage Normalize(ChatMessage message, ContentRecorder contents, Dictionary<string, string> callIds, Func<string, string> redact)
    {
        List<CassetteContent> joined = TextRuns.Join(message.Contents.Select(contents.Record).Where(content => content.Kind is not CassetteContent.UsageKind));
        return new(message.Role.Value, [.. TextRuns.Redact(joined, redact).Select(content => WithCallNumber(content, callIds))])
        {
            Author = message.AuthorName is { } author ? redact(author) : null,
        };
    }

    // Ids of calls may be random; what counts is which result belongs to which call.
    private static CassetteContent WithCallNumber(CassetteContent content, Dictionary<string, string> callIds)
    {
        if (content.CallId is null)
        {
            return content;
        }

        if (!callIds.TryGetValue(content.CallId, out string? number))
        {
            number = string.Create(CultureInfo.InvariantCulture, $"call {callIds.Count + 1}");
            callIds.Add(content.CallId, number);
        }

        return content with { CallId = number };
    }

    private static CassetteRequestOptions? Normalize(ChatOptions options, Func<string, string> redact)
    {
        var json = options.ResponseFormat as ChatResponseFormatJson;
        var normalized = new CassetteRequestOptions
        {
            Model = options.ModelId,
            Conversation = options.ConversationId,
            Instructions = options.Instructions is { } instructions ? redact(instructions) : null,
            Temperature = options.Temperature,
            MaxTokens = options.MaxOutputTokens,
            TopP = options.TopP,
            TopK = options.TopK,
            FrequencyPenalty = options.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty,
            Seed = options.Seed,
            Reasoning = options.Reasoning is { } reasoning ? $"{reasoning.Effort} {reasoning.Output}".Trim() : null,
            Stop = options.StopSequences is { Count: > 0 } stop ? [.. stop.Select(redact)] : null,
            Format = json is not null ? "json" : options.ResponseFormat is ChatResponseFormatText ? "text" : null,
            Schema = json?.Schema is { } schema ? CanonicalJson.Of(schema, redact) : null,
            ToolMode = Mode(options.ToolMode),
            ParallelCalls = options.AllowMultipleToolCalls,
            Tools = options.Tools is { Count: > 0 } tools ? [.. tools.Select(tool => Tool(tool, redact))] : null,
        };
        return normalized == new CassetteRequestOptions() ? null : normalized;
    }

    private static CassetteTool Tool(AITool tool, Func<string, string> redact) => new(
        tool.Name,
        tool.Description is { Length: > 0 } description ? redact(description) : null,
        tool is AIFunctionDeclaration function ? CanonicalJson.Of(function.JsonSchema, redact) : null);

    private static string? Mode(ChatToolMode? mode) => mode switch
    {
        null => null,
        RequiredChatToolMode { RequiredFunctionName: { } name } => $"required {name}",
        RequiredChatToolMode => "required",
        NoneChatToolMode => "none",
        _ => "auto",
    };
}
