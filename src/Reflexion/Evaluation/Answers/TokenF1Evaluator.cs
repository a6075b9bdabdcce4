namespace Reflexion;

/// <summary>Scores the answer by token F1 against the best matching reference (<see cref="AnswerMetrics.F1(string?, string)"/>).</summary>
/// <remarks>The feedback names no word of the reference. Stateless and safe to share.</remarks>
public sealed class TokenF1Evaluator : ITrajectoryEvaluator
{
    private readonly double _threshold;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="threshold">The F1 from which the task counts as solved, in (0,1]. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not in (0,1].</exception>
    public TokenF1Evaluator(double threshold = 1.0) => _threshold = Threshold.Check(threshold, nameof(threshold));

    /// <inheritdoc/>
    /// <exception cref="MissingReferencesException">The episode has no reference answers.</exception>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        MissingReferencesException.ThrowIfMissing(context, nameof(TokenF1Evaluator));
        string? answer = context.Trajectory.Answer;
        if (string.IsNullOrWhiteSpace(answer))
        {
            return ValueTask.FromResult(TrajectoryEvaluation.Failed(AnswerFeedback.None));
        }

        double score = AnswerMetrics.F1(answer, context.References);
        bool success = Threshold.Reached(score, _threshold);
        string feedback = success ? AnswerFeedback.Correct : score > 0 ? AnswerFeedback.Partial : AnswerFeedback.Incorrect;
        return ValueTask.FromResult(new TrajectoryEvaluation(score, success, feedback));
    }
}
