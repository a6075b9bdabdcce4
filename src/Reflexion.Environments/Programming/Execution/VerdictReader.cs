using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads what a checker says of a test.</summary>
internal static class VerdictReader
{
    internal static TestResult Read(string test, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument verdict = JsonDocument.Parse(body);
            JsonElement said = verdict.RootElement;
            return new(test, OutcomeOf(said.GetProperty("verdict").GetString())) { Actual = Text(said, "actual"), Detail = DetailOf(said) };
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new(test, TestOutcome.Died) { Detail = "The test's process did not say how the test went." };
        }
    }

    private static TestOutcome OutcomeOf(string? verdict) => verdict switch
    {
        "passed" => TestOutcome.Passed,
        "raised" => TestOutcome.Raised,
        _ => TestOutcome.Failed,
    };

    private static string? DetailOf(JsonElement said) =>
        said.GetProperty("verdict").ValueEquals("idle") ? "The test ended without calling the program." : Text(said, "detail");

    private static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
