using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A paragraph as files have it.</summary>
[JsonConverter(typeof(ParagraphJsonConverter))]
internal sealed record ParagraphJson(string? Title, ImmutableArray<string> Sentences);
