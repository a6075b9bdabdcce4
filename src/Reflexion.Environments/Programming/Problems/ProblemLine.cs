using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A line of a benchmark file, in either format.</summary>
internal sealed record ProblemLine
{
    [JsonPropertyName("task_id")]
    public string? TaskId { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("language")]
    public string? Language { get; init; }

    [JsonPropertyName("prompt")]
    public string? Prompt { get; init; }

    [JsonPropertyName("entry_point")]
    public string? EntryPoint { get; init; }

    [JsonPropertyName("canonical_solution")]
    public string? CanonicalSolution { get; init; }

    [JsonPropertyName("test")]
    public string? Test { get; init; }

    internal ProgrammingProblem ToProblem(string path, int line) => new()
    {
        Id = Given(TaskId ?? Name, "task_id or name", path, line),
        Language = LanguageOf(Language),
        Prompt = Given(Prompt, "prompt", path, line),
        EntryPoint = Given(EntryPoint, "entry_point", path, line),
        HiddenTest = Given(Test, "test", path, line),
        CanonicalSolution = CanonicalSolution,
    };

    private static string Given(string? value, string field, string path, int line) => string.IsNullOrWhiteSpace(value)
        ? throw new DatasetFormatException(path, line, $"'{field}' is missing or blank; a problem has an id, a prompt, an entry point and a test.")
        : value;

    /// <summary>HumanEval's own format names no language: it is Python.</summary>
    private static string LanguageOf(string? given) => given?.Trim().ToLowerInvariant() switch
    {
        null or "" or "py" or "python" => PythonLanguage.LanguageName,
        { } other => other,
    };
}
