using System.Globalization;
using System.Text.Json;

namespace Reflexion.Testing;

/// <summary>A request as named texts for a human reader: one a message, one an option.</summary>
internal static class RequestText
{
    internal static string Of(CassetteRequest request) =>
        string.Join('\n', Messages(request).Select((text, i) => $"  {i + 1}. {text}").Concat(Options(request).Select(option => $"  {option.Key}: {option.Value}")));

    internal static IReadOnlyList<string> Messages(CassetteRequest request) => [.. request.Messages.Select(Message)];

    internal static SortedDictionary<string, string> Options(CassetteRequest request)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (request.Options is { } options)
        {
            foreach (JsonProperty option in JsonSerializer.SerializeToElement(options, CassetteJson.Readable.CassetteRequestOptions).EnumerateObject().Where(option => option.Name != "tools"))
            {
                texts[option.Name] = option.Value.ToString();
            }

            foreach ((int i, CassetteTool tool) in (options.Tools ?? []).Index())
            {
                texts[string.Create(CultureInfo.InvariantCulture, $"tool {i + 1}")] = string.Join(' ', new[] { tool.Name, tool.Description, tool.Schema?.ToString() }.OfType<string>());
            }
        }

        return texts;
    }

    private static string Message(CassetteMessage message) =>
        $"{message.Role}{(message.Author is null ? "" : $" ({message.Author})")}: {string.Join(' ', message.Contents.Select(Content))}";

    private static string Content(CassetteContent content) => content.Kind switch
    {
        CassetteContent.TextKind => content.Text ?? "",
        CassetteContent.ReasoningKind => $"[reasoning: {content.Text}]",
        CassetteContent.CallKind => $"[{content.CallId}: {content.Name} {content.Value}]",
        CassetteContent.ResultKind => $"[result of {content.CallId}: {content.Value}]",
        CassetteContent.DataKind => $"[data {content.MediaType}: {content.Data} {content.Name}]",
        CassetteContent.UriKind => $"[{content.MediaType}: {content.Uri}]",
        CassetteContent.ErrorKind => $"[error {content.Code}: {content.Text} {content.Details}]",
        _ => $"[{content.Kind}: {content.Value}]",
    };
}
