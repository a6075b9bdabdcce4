using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>A run that was recorded elsewhere, as an arm of an experiment; where files name questions, games or problems, these are the tasks.</summary>
internal sealed class RecordedExperiment
{
    private readonly JsonElement[] _lines;

    internal RecordedExperiment(string path)
    {
        _lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
        Arm = new(Path.GetFileNameWithoutExtension(path), Strategy());
    }

    internal ExperimentArmInfo Arm { get; }

    /// <summary>How many tasks were solved after each trial, counted from the lines alone.</summary>
    internal int[] Curve => HasTrials
        ? [.. Enumerable.Range(FirstTrial, _lines.Max(Trial) - FirstTrial + 1).Select(trial => _lines.Count(line => IsSolved(line) && Trial(line) <= trial))]
        : [_lines.Count(IsSolved)];

    internal ExperimentTaskInfo[] Tasks => [.. _lines.Select(Task).Distinct().Select(task => new ExperimentTaskInfo(task))];

    internal EpisodeRecord[] Episodes => [.. _lines.GroupBy(Task).Select(task => Episode(task.Key, [.. task.OrderBy(Trial)]))];

    private bool HasTrials => _lines[0].TryGetProperty("trial", out _);

    private int FirstTrial => _lines.Min(Trial);

    /// <summary>Several runs as one experiment over all their tasks.</summary>
    internal static ExperimentResult Together(string name, IReadOnlyCollection<RecordedExperiment> runs) => new(
        name, runs.Select(run => run.Arm), runs.SelectMany(run => run.Tasks).DistinctBy(task => task.Id), [0], runs.SelectMany(run => run.Episodes));

    private EpisodeRecord Episode(string task, JsonElement[] lines)
    {
        TrialRecord[] trials = [.. lines.Select(line => new TrialRecord(Trial(line) - FirstTrial + 1, Outcome(line)) { Score = IsSolved(line) ? 1 : 0, Steps = Steps(line) })];
        return new(Arm.Name, task, 0, trials[^1].Outcome) { Trials = [.. trials], StopReason = trials[^1].Success ? StopReason.Success : StopReason.TrialLimit };
    }

    private ReflexionStrategy Strategy() => (_lines[0].TryGetProperty("strategy", out JsonElement strategy) ? strategy.GetString() : Path.GetFileName(_lines[0].GetProperty("run").GetString())) switch
    {
        "base" or "simple" or "alfworld-base" => ReflexionStrategy.Retry,
        "last_trial" => ReflexionStrategy.LastAttempt,
        "last_trial_and_reflexion" => ReflexionStrategy.LastAttemptAndReflexion,
        _ => ReflexionStrategy.Reflexion,
    };

    private static ExperimentOutcome Outcome(JsonElement line) => IsSolved(line) ? ExperimentOutcome.Solved
        : line.TryGetProperty("outcome", out JsonElement outcome) && outcome.GetString() == "halted" ? ExperimentOutcome.Halted
        : ExperimentOutcome.Failed;

    private static bool IsSolved(JsonElement line) =>
        line.TryGetProperty("outcome", out JsonElement outcome) ? outcome.GetString() == "correct"
        : line.TryGetProperty("success", out JsonElement success) ? success.GetBoolean()
        : line.GetProperty("is_solved").GetBoolean();

    private static string Task(JsonElement line) =>
        (line.TryGetProperty("question_id", out JsonElement id) || line.TryGetProperty("env_name", out id) || line.TryGetProperty("task_id", out id) ? id.GetString() : null)!;

    private static int Trial(JsonElement line) => line.TryGetProperty("trial", out JsonElement trial) ? trial.GetInt32() : 1;

    private static int Steps(JsonElement line) => line.TryGetProperty("steps", out JsonElement steps) ? steps.GetArrayLength() : 0;
}
