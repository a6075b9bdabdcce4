using System.Text.Json.Nodes;

namespace Reflexion.Tests;

/// <summary>A request as the server saw it.</summary>
internal sealed record RecordedRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonNode Body)
{
    public bool Streams => Body["stream"]?.GetValue<bool>() ?? false;
}
