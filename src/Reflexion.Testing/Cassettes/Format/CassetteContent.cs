using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion.Testing;

/// <summary>One content of a message. <see cref="Kind"/> says which of the other members it has.</summary>
internal sealed record CassetteContent(string Kind)
{
    internal const string TextKind = "text";
    internal const string ReasoningKind = "reasoning";
    internal const string CallKind = "call";
    internal const string ResultKind = "result";
    internal const string DataKind = "data";
    internal const string UriKind = "uri";
    internal const string ErrorKind = "error";
    internal const string UsageKind = "usage";
    internal const string OtherKind = "other";

    [JsonConverter(typeof(AnyTextConverter))]
    public string? Text { get; init; }

    /// <summary>Opaque data that a provider wants back with its reasoning.</summary>
    public string? Protected { get; init; }

    public string? CallId { get; init; }

    public string? Name { get; init; }

    /// <summary>A call's arguments, a result, or a content kind this format has no members for.</summary>
    public JsonElement? Value { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Base 64 in a response; length and digest in a request.</summary>
    public string? Data { get; init; }

    public string? Uri { get; init; }

    public string? Code { get; init; }

    public string? Details { get; init; }

    public CassetteUsage? Usage { get; init; }
}
