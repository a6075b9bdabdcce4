namespace Reflexion;

/// <summary>Several evaluators as one: all, any, or a weighted mean.</summary>
/// <remarks>The feedback of each is headed by its name. Holds configuration only; safe to share.</remarks>
public sealed class CompositeEvaluator : ITrajectoryEvaluator
{
    private readonly EvaluatorPart[] _parts;
    private readonly CompositeRule _rule;
    private readonly CompositeExecution _execution;

    private CompositeEvaluator(IEnumerable<EvaluatorPart> parts, CompositeRule rule, CompositeExecution execution)
    {
        _parts = CompositeParts.Check(parts);
        _rule = rule;
        _execution = Enum.IsDefined(execution) ? execution : throw new ArgumentOutOfRangeException(nameof(execution), execution, "This is no way of running a composite.");
    }

    /// <summary>Solved where all evaluators say so; the score is the lowest of theirs.</summary>
    /// <param name="evaluators">The evaluators, named after their types; at least one.</param>
    public static CompositeEvaluator All(params ITrajectoryEvaluator[] evaluators) => All(CompositeParts.Name(evaluators));

    /// <summary>Solved where all evaluators say so; the score is the lowest of theirs.</summary>
    /// <param name="parts">The evaluators, at least one. Their weights mean nothing here.</param>
    /// <param name="execution">How to run them. Default: all at once.</param>
    /// <exception cref="ArgumentException">There are no parts, or one is null, nameless, or named like another.</exception>
    public static CompositeEvaluator All(IEnumerable<EvaluatorPart> parts, CompositeExecution execution = CompositeExecution.Concurrent) =>
        new(parts, CompositeRule.All, execution);

    /// <summary>Solved where at least one evaluator says so; the score is the highest of theirs.</summary>
    /// <param name="evaluators">The evaluators, named after their types; at least one.</param>
    public static CompositeEvaluator Any(params ITrajectoryEvaluator[] evaluators) => Any(CompositeParts.Name(evaluators));

    /// <summary>Solved where at least one evaluator says so; the score is the highest of theirs.</summary>
    /// <param name="parts">The evaluators, at least one. Their weights mean nothing here.</param>
    /// <param name="execution">How to run them. Default: all at once.</param>
    /// <exception cref="ArgumentException">There are no parts, or one is null, nameless, or named like another.</exception>
    public static CompositeEvaluator Any(IEnumerable<EvaluatorPart> parts, CompositeExecution execution = CompositeExecution.Concurrent) =>
        new(parts, CompositeRule.Any, execution);

    /// <summary>The score is the weighted mean of the evaluators' scores; solved from a threshold.</summary>
    /// <param name="parts">The evaluators with their weights, at least one; the weights are at least 0 and not all 0.</param>
    /// <param name="threshold">The mean from which the task counts as solved, in (0,1]. Default 1.</param>
    /// <param name="execution">How to run them. Default: all at once. A mean needs every score, so it cannot be short-circuited.</param>
    /// <exception cref="ArgumentException">There are no parts, or one is null, nameless, named like another or wrongly weighted, or the execution is <see cref="CompositeExecution.ShortCircuit"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not in (0,1].</exception>
    public static CompositeEvaluator Weighted(
        IEnumerable<EvaluatorPart> parts, double threshold = 1.0, CompositeExecution execution = CompositeExecution.Concurrent)
    {
        if (execution == CompositeExecution.ShortCircuit)
        {
            throw new ArgumentException("A weighted mean needs every score and cannot be short-circuited; use Concurrent or Sequential.", nameof(execution));
        }

        var composite = new CompositeEvaluator(parts, CompositeRule.Weighted(Threshold.Check(threshold, nameof(threshold))), execution);
        CompositeParts.CheckWeights(composite._parts);
        return composite;
    }

    /// <inheritdoc/>
    public async ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        TrajectoryEvaluation[] verdicts = _execution == CompositeExecution.Concurrent
            ? await Task.WhenAll(_parts.Select(part => JudgeAsync(part, context, cancellationToken))).ConfigureAwait(false)
            : await OneByOneAsync(context, cancellationToken).ConfigureAwait(false);
        (double score, bool success) = _rule.Combine(_parts, verdicts);
        return new(score, success, string.Join('\n', _parts.Zip(verdicts, (part, verdict) => $"{part.Name}: {verdict.Feedback}")))
        {
            Evidence =
            [
                .. _parts.Zip(verdicts).SelectMany(pair => pair.Second.Evidence.Select(evidence => $"{pair.First.Name}: {evidence}")),
                .. _parts.Skip(verdicts.Length).Select(part => $"{part.Name}: skipped, since success was decided"),
            ],
        };
    }

    // A method of its own: what an evaluator throws at once must not leave those started before it running unwatched.
    private static async Task<TrajectoryEvaluation> JudgeAsync(EvaluatorPart part, EvaluationContext context, CancellationToken cancellationToken) =>
        await part.Evaluator.EvaluateAsync(context, cancellationToken).ConfigureAwait(false);

    private async Task<TrajectoryEvaluation[]> OneByOneAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        var verdicts = new List<TrajectoryEvaluation>(_parts.Length);
        foreach (EvaluatorPart part in _parts)
        {
            TrajectoryEvaluation verdict = await JudgeAsync(part, context, cancellationToken).ConfigureAwait(false);
            verdicts.Add(verdict);
            if (_execution == CompositeExecution.ShortCircuit && verdict.Success == _rule.DecisiveSuccess)
            {
                break;
            }
        }

        return [.. verdicts];
    }
}
