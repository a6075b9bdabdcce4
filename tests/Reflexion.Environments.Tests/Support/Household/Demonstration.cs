using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>An episode of the papers' prompts.</summary>
internal sealed record Demonstration(string Id, string TaskFamily, string InitialObservation, Demonstration.Move[] Steps, bool Success)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static IEnumerable<Demonstration> ReadAll() =>
        File.ReadLines(SharedFolder.PathOf("data/alfworld-demonstrations.jsonl")).Select(line => JsonSerializer.Deserialize<Demonstration>(line, Json)!);

    internal sealed record Move(string Action, string Observation);
}
