namespace Reflexion;

/// <summary>
/// Looks for signs of trouble where nothing better can judge: repetition, too many steps, no answer, a trial cut short
/// (Shinn et al. 2023, section 4.1, the heuristic for hallucination and inefficient planning).
/// </summary>
/// <remarks>
/// The score is 1 minus the penalties of what was found, at least 0; the task counts as solved where nothing was penalised.
/// A clean trajectory need not be a right one: combine it with another evaluator where there is one. Stateless and safe to share.
/// </remarks>
public sealed class HeuristicEvaluator : ITrajectoryEvaluator
{
    private readonly HeuristicOptions _options;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="options">The signs and their penalties; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public HeuristicEvaluator(HeuristicOptions? options = null) => _options = (options ?? new()).Validate();

    /// <inheritdoc/>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        List<(double Penalty, string Text)> findings = [.. Find(context.Trajectory)];
        double score = Math.Max(0, 1 - findings.Sum(finding => finding.Penalty));
        string feedback = findings.Count == 0 ? "Nothing in the trajectory looks wrong." : string.Join(' ', findings.Select(finding => finding.Text));
        return ValueTask.FromResult(new TrajectoryEvaluation(score, score == 1, feedback) { Evidence = [.. findings.Select(finding => finding.Text)] });
    }

    private IEnumerable<(double Penalty, string Text)> Find(Trajectory trajectory)
    {
        (string? action, int times) = MostRepeated(trajectory);
        if (times > _options.MaxRepeats)
        {
            yield return (_options.RepetitionPenalty, $"The action '{Excerpt.Of(action!, 200)}' led to the same observation {times} times; at most {_options.MaxRepeats} are expected.");
        }

        if (trajectory.Steps.Length > _options.MaxSteps)
        {
            yield return (_options.StepsPenalty, $"The trial took {trajectory.Steps.Length} steps; at most {_options.MaxSteps} are expected.");
        }

        if (_options.RequiresAnswer && trajectory.End != TrajectoryEnd.EnvironmentTerminal && string.IsNullOrWhiteSpace(trajectory.Answer))
        {
            yield return (_options.NoAnswerPenalty, AnswerFeedback.None);
        }

        if (trajectory.End is not (TrajectoryEnd.Answered or TrajectoryEnd.EnvironmentTerminal))
        {
            yield return (_options.UnfinishedPenalty, $"The trial was cut short because {EndWords.Of(trajectory)}.");
        }
    }

    private static (string? Action, int Times) MostRepeated(Trajectory trajectory)
    {
        KeyValuePair<(string Action, string Observation), int> most = trajectory.Steps
            .Where(step => step is { Action: not null, Observation: not null })
            .CountBy(step => (step.Action!.Text, step.Observation!.Text))
            .DefaultIfEmpty()
            .MaxBy(pair => pair.Value);
        return (most.Key.Action, most.Value);
    }
}
