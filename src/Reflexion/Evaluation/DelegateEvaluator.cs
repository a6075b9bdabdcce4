namespace Reflexion;

/// <summary>An evaluator that is a lambda.</summary>
/// <param name="evaluate">Judges a trajectory.</param>
public sealed class DelegateEvaluator(Func<EvaluationContext, CancellationToken, ValueTask<TrajectoryEvaluation>> evaluate) : ITrajectoryEvaluator
{
    private readonly Func<EvaluationContext, CancellationToken, ValueTask<TrajectoryEvaluation>> _evaluate =
        evaluate ?? throw new ArgumentNullException(nameof(evaluate));

    /// <summary>Makes an evaluator from a function that needs no waiting.</summary>
    /// <param name="evaluate">Judges a trajectory.</param>
    public DelegateEvaluator(Func<EvaluationContext, TrajectoryEvaluation> evaluate)
        : this(evaluate is null ? null! : (context, _) => ValueTask.FromResult(evaluate(context)))
    {
    }

    /// <inheritdoc/>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken) =>
        _evaluate(context, cancellationToken);
}
