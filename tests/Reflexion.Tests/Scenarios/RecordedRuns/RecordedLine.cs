using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>One line of a recorded run: what became of one trial of a question or a game, or of a whole problem where trials were not recorded.</summary>
internal sealed class RecordedLine(JsonElement line)
{
    internal string Task => Text("question_id") ?? Text("env_name") ?? Text("task_id") ?? throw new InvalidDataException("A line names no question, game or problem.");

    /// <summary>What the task asks for, as far as the line tells.</summary>
    internal string Instruction => Text("question") ?? Text("inferred_task") ?? Text("entry_point") ?? Task;

    /// <summary>The answer that is looked for; null where a world or tests decide.</summary>
    internal string? AnswerKey => Text("answer_key");

    /// <summary>The trial as the file counts, which may start at 0; where a task has one line for all its trials, the one after the last reflection.</summary>
    internal int Trial => line.TryGetProperty("trial", out JsonElement trial) ? trial.GetInt32() : line.GetProperty("reflection_count").GetInt32() + 1;

    /// <summary>How the recorded agent worked; empty where only outcomes are recorded.</summary>
    internal string Agent => Text("agent") ?? "";

    internal string Model => Text("model") ?? "";

    /// <summary>What the recorded agent was told of earlier trials, in the file's word.</summary>
    internal string Strategy => Text("strategy") ?? Text("run")!.Split('-')[^1];

    internal ExperimentOutcome Outcome => IsSolved ? ExperimentOutcome.Solved
        : Text("outcome") == "halted" ? ExperimentOutcome.Halted
        : ExperimentOutcome.Failed;

    internal bool IsSolved => Text("outcome") is { } outcome ? outcome == "correct" : Flag("success") ?? Flag("is_solved") ?? throw new InvalidDataException("A line tells no outcome.");

    /// <summary>Whether the answer equals the key, as recomputed from the line; null where there is no key.</summary>
    internal bool? ExactMatch => Flag("exact_match");

    internal string? Solution => Text("solution");

    internal RecordedStep[] Steps => [.. Items("steps").Select(step => new RecordedStep(Word(step, "thought"), Word(step, "action"), Word(step, "observation")))];

    /// <summary>The reflections in the prompt of this trial.</summary>
    internal string[] Reflections => [.. Items("reflections").Select(text => text.GetString()!)];

    /// <summary>The reflections written after this trial, where the file tells them.</summary>
    internal string[] ReflectionsAdded => [.. Items("reflections_added").Select(text => text.GetString()!)];

    internal static RecordedLine[] ReadAll(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => new RecordedLine(JsonElement.Parse(line)))];

    private static string Word(JsonElement step, string name) => step.GetProperty(name).GetString()!;

    private string? Text(string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private bool? Flag(string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetBoolean() : null;

    private JsonElement.ArrayEnumerator Items(string name) => line.TryGetProperty(name, out JsonElement value) ? value.EnumerateArray() : default;
}
