using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>A line of a recorded programming run.</summary>
internal sealed record RecordedSolution(string TaskId, string EntryPoint, string Language, string Solution, bool? PassesInIsolation)
{
    public static IReadOnlyList<RecordedSolution> Load(string path) => [.. File.ReadLines(path).Where(line => line.Length > 0).Select(Read)];

    private static RecordedSolution Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement field = json.RootElement;
        return new(
            field.GetProperty("task_id").GetString()!,
            field.GetProperty("entry_point").GetString()!,
            field.GetProperty("language").GetString()!,
            field.GetProperty("solution").GetString() ?? "",
            field.GetProperty("passes_in_isolation") is { ValueKind: not JsonValueKind.Null } passes ? passes.GetBoolean() : null);
    }
}
