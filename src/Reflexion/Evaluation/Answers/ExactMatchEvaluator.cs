namespace Reflexion;

/// <summary>Solved where the answer equals a reference after normalisation: HotPotQA's exact match, 1 or 0.</summary>
/// <remarks>The feedback never says what the reference is. Stateless and safe to share.</remarks>
public sealed class ExactMatchEvaluator : ITrajectoryEvaluator
{
    /// <inheritdoc/>
    /// <exception cref="MissingReferencesException">The episode has no reference answers.</exception>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        MissingReferencesException.ThrowIfMissing(context, nameof(ExactMatchEvaluator));
        string? answer = context.Trajectory.Answer;
        return ValueTask.FromResult(
            string.IsNullOrWhiteSpace(answer) ? TrajectoryEvaluation.Failed(AnswerFeedback.None)
            : AnswerMetrics.ExactMatch(answer, context.References) ? TrajectoryEvaluation.Passed(AnswerFeedback.Correct)
            : TrajectoryEvaluation.Failed(AnswerFeedback.Incorrect));
    }
}
