using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion.Tests;

/// <summary>One line of a recorded HotPotQA run: what a real model did in one trial of one question.</summary>
internal sealed record RecordedLine
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public required string Agent { get; init; }

    public required string Strategy { get; init; }

    public required int Trial { get; init; }

    public required string QuestionId { get; init; }

    public required string Question { get; init; }

    public required string AnswerKey { get; init; }

    public required string Outcome { get; init; }

    public required bool ExactMatch { get; init; }

    public IReadOnlyList<string> Reflections { get; init; } = [];

    public IReadOnlyList<RecordedStep> Steps { get; init; } = [];

    [JsonIgnore]
    public ReflexionStrategy ReflexionStrategy => Strategy switch
    {
        "base" => ReflexionStrategy.Retry,
        "last_trial" => ReflexionStrategy.LastAttempt,
        "reflexion" => ReflexionStrategy.Reflexion,
        "last_trial_and_reflexion" => ReflexionStrategy.LastAttemptAndReflexion,
        _ => throw new InvalidDataException($"'{Strategy}' is no strategy of the recorded runs."),
    };

    internal static IReadOnlyList<RecordedLine> ReadAll(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<RecordedLine>(line, Format)!)];
}

/// <summary>One step of a recorded trial.</summary>
internal sealed record RecordedStep(string Thought, string Action, string Observation);
