namespace Reflexion;

/// <summary>The one place that says which outcome a trial or an episode has.</summary>
internal static class OutcomeRules
{
    /// <summary>The outcome of a trial on its own, by the evaluator the agent sees.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="stopped">Why the episode ended, which is what broke off a trial without a verdict.</param>
    internal static ExperimentOutcome Of(Trial trial, StopReason stopped) => trial switch
    {
        { Evaluation.Success: true } => ExperimentOutcome.Solved,
        { Evaluation: null } => OfStop(stopped) ?? ExperimentOutcome.Errored,
        _ => OfEnd(trial.Trajectory),
    };

    /// <summary>The outcome of an episode.</summary>
    /// <param name="solved">Whether what the agent hands in is solved; null where nobody could say.</param>
    /// <param name="stopped">Why the episode ended.</param>
    /// <param name="lastTrial">The last trial's outcome; null where there was none.</param>
    internal static ExperimentOutcome Of(bool? solved, StopReason stopped, ExperimentOutcome? lastTrial) =>
        solved is true ? ExperimentOutcome.Solved
        : OfStop(stopped) ?? (solved is null ? ExperimentOutcome.Errored : NotSolved(lastTrial));

    private static ExperimentOutcome? OfStop(StopReason stopped) => stopped switch
    {
        StopReason.Failed => ExperimentOutcome.Errored,
        StopReason.Budget => ExperimentOutcome.Budget,
        StopReason.Stopped => ExperimentOutcome.Unfinished,
        StopReason.AwaitsTools => ExperimentOutcome.Invalid,
        _ => null,
    };

    // The agent's evaluator may have been content where the held-out one was not.
    private static ExperimentOutcome NotSolved(ExperimentOutcome? lastTrial) =>
        lastTrial is null or ExperimentOutcome.Solved ? ExperimentOutcome.Failed : lastTrial.Value;

    private static ExperimentOutcome OfEnd(Trajectory trajectory) => trajectory.End switch
    {
        TrajectoryEnd.Answered => string.IsNullOrWhiteSpace(trajectory.Answer) ? ExperimentOutcome.Invalid : ExperimentOutcome.Failed,
        TrajectoryEnd.EnvironmentTerminal => ExperimentOutcome.Failed,
        TrajectoryEnd.AwaitsTools => ExperimentOutcome.Invalid,
        TrajectoryEnd.Budget => ExperimentOutcome.Budget,
        TrajectoryEnd.Stopped => ExperimentOutcome.Unfinished,
        TrajectoryEnd.Failed => ExperimentOutcome.Errored,
        _ => EndsUnreadably(trajectory) ? ExperimentOutcome.Invalid : ExperimentOutcome.Halted,
    };

    private static bool EndsUnreadably(Trajectory trajectory) => trajectory.Steps is [.., { Outcome: StepOutcome.MalformedAction }];
}
