namespace Reflexion;

/// <summary>The payload of an evaluation.</summary>
/// <param name="Evaluation">The verdict.</param>
/// <param name="Stop">Why the episode ends after this trial, or null where it goes on.</param>
/// <param name="Duration">How long acting and evaluating took.</param>
internal sealed record Verdict(TrajectoryEvaluation Evaluation, StopDecision? Stop, TimeSpan Duration);
