namespace Reflexion;

/// <summary>The payload of a held-out evaluation.</summary>
/// <param name="Evaluation">The verdict, or null where the evaluator failed.</param>
internal sealed record HeldOutVerdict(TrajectoryEvaluation? Evaluation);
