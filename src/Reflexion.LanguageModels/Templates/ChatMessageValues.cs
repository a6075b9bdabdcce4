using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>Messages, functions and variables as templates see them. What people, models and tools say is not trusted.</summary>
internal static class ChatMessageValues
{
    private static readonly string[] KnownRoles = ["system", "user", "assistant", "tool", "developer", "function"];

    /// <summary>The messages; one of several functions' results becomes one for each.</summary>
    internal static TemplateList OfMessages(IEnumerable<ChatMessage> messages) => new([.. messages.SelectMany(OfMessage)]);

    /// <summary>The functions in the form that OpenAI's API gave them.</summary>
    internal static TemplateList OfTools(IEnumerable<AIFunctionDeclaration> tools) => new([.. tools.Select(tool => new TemplateMap()
        .Set("type", TemplateText.Trusted("function"))
        .Set("function", new TemplateMap()
            .Set("name", Said(tool.Name))
            .Set("description", Said(tool.Description))
            .Set("parameters", TemplateJson.Read(tool.JsonSchema))))]);

    /// <summary>A value from .NET; null where templates have none like it.</summary>
    internal static object? Of(object? value) => value switch
    {
        null => TemplateNone.Instance,
        string text => Said(text),
        bool or long or double => value,
        int or short or byte or uint or sbyte or ushort => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => (double)number,
        decimal number => (double)number,
        JsonElement element => TemplateJson.Read(element),
        IEnumerable<KeyValuePair<string, object?>> map => OfMap(map),
        IEnumerable list => new TemplateList([.. list.Cast<object?>().Select(item => Of(item) ?? Said(item?.ToString() ?? ""))]),
        _ => null,
    };

    private static IEnumerable<TemplateMap> OfMessage(ChatMessage message)
    {
        FunctionResultContent[] results = [.. message.Contents.OfType<FunctionResultContent>()];
        if (results.Length > 0)
        {
            return results.Select(result => Message(message, ResultText(result.Result)).Set("tool_call_id", Said(result.CallId)));
        }

        TemplateMap value = Message(message, message.Text);
        FunctionCallContent[] calls = [.. message.Contents.OfType<FunctionCallContent>()];
        return [calls.Length == 0 ? value : value.Set("tool_calls", new TemplateList([.. calls.Select(OfCall)]))];
    }

    private static TemplateMap Message(ChatMessage message, string content)
    {
        TemplateMap value = new TemplateMap().Set("role", Role(message.Role.Value)).Set("content", Said(content));
        return message.AuthorName is { } author ? value.Set("name", Said(author)) : value;
    }

    private static TemplateMap OfCall(FunctionCallContent call) => new TemplateMap()
        .Set("type", TemplateText.Trusted("function"))
        .Set("id", Said(call.CallId))
        .Set("function", new TemplateMap().Set("name", Said(call.Name)).Set("arguments", OfMap(call.Arguments ?? Enumerable.Empty<KeyValuePair<string, object?>>())));

    private static TemplateMap OfMap(IEnumerable<KeyValuePair<string, object?>> map) => map.Aggregate(
        new TemplateMap(), (values, item) => values.Set(Said(item.Key), Of(item.Value) ?? Said(item.Value?.ToString() ?? "")));

    private static string ResultText(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        JsonElement element => element.GetRawText(),
        _ => Convert.ToString(result, CultureInfo.InvariantCulture) ?? "",
    };

    // Templates put roles between the signs of control tokens; the known ones are as good as the template's own words.
    private static TemplateText Role(string role) => KnownRoles.Contains(role) ? TemplateText.Trusted(role) : Said(role);

    private static TemplateText Said(string text) => TemplateText.Untrusted(WellFormed.Utf16(text));
}
