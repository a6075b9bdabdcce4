using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>An episode of the real engine.</summary>
internal sealed record RecordedGame(string GameId, string Kind, string InitialObservation, string[] InitialAdmissible, RecordedGame.Move[] Steps)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static IEnumerable<RecordedGame> ReadAll() =>
        File.ReadLines(SharedFolder.PathOf("data/alfworld-recordings.jsonl")).Select(line => JsonSerializer.Deserialize<RecordedGame>(line, Json)!);

    internal sealed record Move(string Action, string Observation, string[]? AdmissibleAdded, string[]? AdmissibleRemoved, bool Won);
}
