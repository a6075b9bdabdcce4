using System.Text.Json;

namespace Reflexion.Testing;

/// <summary>A tool that a request offers.</summary>
internal sealed record CassetteTool(string Name, string? Description, JsonElement? Schema);
