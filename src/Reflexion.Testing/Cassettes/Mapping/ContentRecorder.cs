using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Contents as data. Additional properties, raw representations and exceptions stay behind.</summary>
/// <param name="redact">What every text but that of <see cref="TextContent"/> and its like goes through; those may be pieces, see <see cref="TextRuns"/>.</param>
/// <param name="keepsData">Whether bytes are kept whole, as an answer needs them, or as a digest, as a request does.</param>
internal sealed class ContentRecorder(Func<string, string> redact, bool keepsData)
{
    private static readonly JsonTypeInfo<AIContent> s_anyContent = (JsonTypeInfo<AIContent>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent));

    internal CassetteContent Record(AIContent content) => content switch
    {
        TextContent text => new(CassetteContent.TextKind) { Text = text.Text },
        TextReasoningContent reasoning => new(CassetteContent.ReasoningKind) { Text = reasoning.Text, Protected = keepsData ? reasoning.ProtectedData : null },
        FunctionCallContent call => new(CassetteContent.CallKind)
        {
            CallId = call.CallId,
            Name = call.Name,
            Value = call.Arguments is null ? null : CanonicalJson.Of(call.Arguments, redact),
        },
        FunctionResultContent result => new(CassetteContent.ResultKind) { CallId = result.CallId, Value = Result(result.Result) },
        DataContent data => new(CassetteContent.DataKind) { MediaType = data.MediaType, Name = Redact(data.Name), Data = Data(data.Data.Span) },
        UriContent uri => new(CassetteContent.UriKind) { MediaType = uri.MediaType, Uri = redact(uri.Uri.OriginalString) },
        ErrorContent error => new(CassetteContent.ErrorKind) { Text = redact(error.Message), Code = error.ErrorCode, Details = Redact(error.Details) },
        UsageContent usage => new(CassetteContent.UsageKind) { Usage = UsageMapping.Record(usage.Details) },
        _ => new(CassetteContent.OtherKind) { Value = Other(content) },
    };

    private string? Redact(string? text) => text is null ? null : redact(text);

    private JsonElement Result(object? result) => result switch
    {
        AIContent content => Nested([content]),
        IEnumerable<AIContent> contents => Nested(contents),
        _ => CanonicalJson.Of(result, redact),
    };

    private JsonElement Nested(IEnumerable<AIContent> contents)
    {
        IReadOnlyList<CassetteContent> recorded = TextRuns.Redact([.. contents.Select(Record)], redact);
        return JsonSerializer.SerializeToElement(recorded, CassetteJson.Readable.IReadOnlyListCassetteContent);
    }

    private string Data(ReadOnlySpan<byte> bytes) => keepsData
        ? Convert.ToBase64String(bytes)
        : string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}");

    private JsonElement Other(AIContent content)
    {
        try
        {
            return CanonicalJson.Of(JsonSerializer.SerializeToElement(content, s_anyContent), redact, leaveOut: "additionalProperties");
        }
        catch (NotSupportedException fault) when (keepsData)
        {
            throw new NotSupportedException(
                $"A cassette cannot hold the {content.GetType().Name} in this response; register it with AIJsonUtilities.AddAIContentType, or record beneath the client that makes it.", fault);
        }
        catch (NotSupportedException)
        {
            return CanonicalJson.Of(content.GetType().Name, static name => name);
        }
    }
}
