namespace Reflexion;

/// <summary>How an experiment is analysed.</summary>
public sealed record AnalysisOptions
{
    /// <summary>How intervals are drawn, and their confidence, which holds for Wilson intervals too. Default: 2,000 samples, 95 %.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>The arm that every other is compared with; null (default) to compare every two.</summary>
    public string? Baseline { get; init; }

    /// <summary>
    /// Whether an episode that <see cref="ExperimentOutcome.Errored"/> counts as not solved, as it does for whoever waits for its answer.
    /// Default true; otherwise it is missing, and so is its pair in every comparison. Unfinished episodes are always missing.
    /// </summary>
    public bool CountErrored { get; init; } = true;

    /// <summary>At how many token budgets arms are compared. Default 20; at least 2.</summary>
    public int BudgetPoints { get; init; } = 20;

    /// <summary>
    /// The share of episodes that may have given up unsolved below the budget at which arms are compared. Default 0.05; in [0,1). An arm
    /// that used up its trials at 5,000 tokens says nothing of what it would have solved with 10,000.
    /// </summary>
    public double MaxExhaustedShare { get; init; } = 0.05;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Bootstrap);
        Bootstrap.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(BudgetPoints, 2);
        if (MaxExhaustedShare is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MaxExhaustedShare), MaxExhaustedShare, "A share of episodes lies in [0,1).");
        }
    }

    internal bool Counts(EpisodeRecord episode) =>
        episode.Outcome != ExperimentOutcome.Unfinished && (CountErrored || episode.Outcome != ExperimentOutcome.Errored);
}
