namespace Reflexion;

/// <summary>What may differ from one run of an experiment to the next.</summary>
public sealed record ExperimentRunOptions
{
    /// <summary>
    /// Is told where the experiment stands: once before the first episode, then when each starts and ends, one report at a time and
    /// in order. What it throws is ignored: no episode that was paid for is lost to its display. Null (default) for none.
    /// </summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>
    /// Asks the experiment to end early and return what it has: episodes in progress keep their trials, and count, like those not
    /// begun, as <see cref="ExperimentOutcome.Unfinished"/>. Meant for Ctrl-C.
    /// </summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>
    /// A result of the same experiment: episodes that were run to their end there are taken over, and charged to the budgets; null (default)
    /// to run all. With a journal this is not needed, since agents then find by themselves what was done.
    /// </summary>
    public ExperimentResult? Previous { get; init; }

    /// <summary>Whether episodes of <see cref="Previous"/> that ended with an error are run again. Default true.</summary>
    public bool RetryErrored { get; init; } = true;
}
