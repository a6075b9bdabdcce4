using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A pointer to a supporting sentence as files have it.</summary>
[JsonConverter(typeof(SupportJsonConverter))]
internal sealed record SupportJson(string? Title, int Sentence);
