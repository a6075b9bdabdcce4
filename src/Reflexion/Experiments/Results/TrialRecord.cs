namespace Reflexion;

/// <summary>What an experiment keeps of a trial: verdicts and usage, for curves and heat maps.</summary>
/// <param name="Number">The trial's number, from 1.</param>
/// <param name="Outcome">What became of it, by the evaluator the agent sees.</param>
public sealed record TrialRecord(int Number, ExperimentOutcome Outcome)
{
    /// <summary>The return G in [0,1]; null where there was no verdict.</summary>
    public double? Score { get; init; }

    /// <summary>The held-out evaluator's verdict on success; null where there was none.</summary>
    public bool? HeldOutSuccess { get; init; }

    /// <summary>The held-out evaluator's score in [0,1]; null where there was none.</summary>
    public double? HeldOutScore { get; init; }

    /// <summary>How many steps it took.</summary>
    public int Steps { get; init; }

    /// <summary>What it used, the reflection on it included and the held-out evaluation left out.</summary>
    public ComponentUsage Usage { get; init; }

    /// <summary>How long acting and evaluating took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the evaluator the agent sees was content.</summary>
    public bool Success => Outcome == ExperimentOutcome.Solved;

    /// <summary>Makes the record of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="stopped">Why its episode ended.</param>
    internal static TrialRecord Of(Trial trial, StopReason stopped) => new(trial.Number, OutcomeRules.Of(trial, stopped))
    {
        Score = trial.Return,
        HeldOutSuccess = trial.HeldOutEvaluation?.Success,
        HeldOutScore = trial.HeldOutEvaluation?.Score,
        Steps = trial.Trajectory.Steps.Length,
        Usage = trial.Usage.Total - trial.Usage.Of(AgentComponent.HeldOutEvaluator),
        Duration = trial.Duration,
    };
}
