namespace Reflexion;

/// <summary>An experiment was cancelled; what had been done is kept in <see cref="Result"/>.</summary>
/// <param name="result">What had been done.</param>
/// <param name="cancellationToken">The token that was cancelled.</param>
public sealed class ExperimentCanceledException(ExperimentResult result, CancellationToken cancellationToken)
    : OperationCanceledException($"Experiment '{result?.Name}' was cancelled; {nameof(Result)} holds the episodes that had ended.", cancellationToken)
{
    /// <summary>The episodes that had ended; the others count as <see cref="ExperimentOutcome.Unfinished"/>.</summary>
    public ExperimentResult Result { get; } = result ?? throw new ArgumentNullException(nameof(result));
}
