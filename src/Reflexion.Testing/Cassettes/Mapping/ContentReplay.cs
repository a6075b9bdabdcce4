using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Contents from data. Arguments and results come as JSON elements, as providers give them.</summary>
internal static class ContentReplay
{
    private static readonly JsonTypeInfo<AIContent> s_anyContent = (JsonTypeInfo<AIContent>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent));

    internal static IList<AIContent> Replay(IEnumerable<CassetteContent> contents) => [.. contents.Select(Replay)];

    private static AIContent Replay(CassetteContent content) => content.Kind switch
    {
        CassetteContent.TextKind => new TextContent(content.Text),
        CassetteContent.ReasoningKind => new TextReasoningContent(content.Text) { ProtectedData = content.Protected },
        CassetteContent.CallKind => new FunctionCallContent(content.CallId!, content.Name!, Arguments(content.Value)),
        CassetteContent.ResultKind => new FunctionResultContent(content.CallId!, content.Value),
        CassetteContent.DataKind => new DataContent(Convert.FromBase64String(content.Data!), content.MediaType!) { Name = content.Name },
        CassetteContent.UriKind => new UriContent(content.Uri!, content.MediaType!),
        CassetteContent.ErrorKind => new ErrorContent(content.Text) { ErrorCode = content.Code, Details = content.Details },
        CassetteContent.UsageKind => new UsageContent(UsageMapping.Replay(content.Usage!)),
        CassetteContent.OtherKind => content.Value!.Value.Deserialize(s_anyContent)!,
        _ => throw new CassetteFormatException($"The cassette holds a content of kind '{content.Kind}', which this version does not know."),
    };

    private static Dictionary<string, object?>? Arguments(JsonElement? value) =>
        value?.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
}
