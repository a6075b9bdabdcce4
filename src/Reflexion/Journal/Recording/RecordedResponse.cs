using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Replies as JSON, in the form that Microsoft.Extensions.AI itself gives them, and back.</summary>
internal static class RecordedResponse
{
    /// <summary>Additional properties of a reply whose keys begin so, and which are texts, are part of the record.</summary>
    private const string KeyPrefix = "reflexion.";

    private static readonly JsonTypeInfo<ChatResponse> Type = TypeOf();

    internal static JsonElement Write(ChatResponse response) => JsonSerializer.SerializeToElement(Plain(response), Type);

    /// <summary>What could not be read of the arguments of function calls, in their order; null where all could.</summary>
    internal static string?[]? ArgumentFaults(ChatResponse response)
    {
        string?[] faults = [.. Calls(response).Select(call => call.Exception?.GetBaseException().Message)];
        return Array.TrueForAll(faults, fault => fault is null) ? null : faults;
    }

    internal static ChatResponse Read(JsonElement json, string?[]? argumentFaults)
    {
        ChatResponse response = json.Deserialize(Type)!;
        foreach ((FunctionCallContent call, string? fault) in Calls(response).Zip(argumentFaults ?? []))
        {
            call.Exception = fault is null ? null : new RecordedException(typeof(JsonException).FullName!, fault);
        }

        return response;
    }

    private static IEnumerable<FunctionCallContent> Calls(ChatResponse response) => response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();

    // What clients attach for their own use may be any object, a whole episode among them; only texts that are meant to be recorded say so by their key.
    private static ChatResponse Plain(ChatResponse response) => response.AdditionalProperties is null && response.Messages.All(message => message.AdditionalProperties is null)
        ? response
        : new([.. response.Messages.Select(Plain)])
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            AdditionalProperties = Plain(response.AdditionalProperties),
        };

    private static ChatMessage Plain(ChatMessage message)
    {
        ChatMessage plain = message.Clone();
        plain.AdditionalProperties = Plain(message.AdditionalProperties);
        return plain;
    }

    private static AdditionalPropertiesDictionary? Plain(AdditionalPropertiesDictionary? properties)
    {
        KeyValuePair<string, object?>[] kept = properties is null ? [] : [.. properties.Where(IsRecorded)];
        return kept.Length == 0 ? null : new(kept);
    }

    private static bool IsRecorded(KeyValuePair<string, object?> property) =>
        property.Key.StartsWith(KeyPrefix, StringComparison.Ordinal) && property.Value is string or JsonElement { ValueKind: JsonValueKind.String };

    private static JsonTypeInfo<ChatResponse> TypeOf()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.Converters.Add(new AnyTextConverter());
        options.MakeReadOnly();
        return (JsonTypeInfo<ChatResponse>)options.GetTypeInfo(typeof(ChatResponse));
    }
}
