namespace Reflexion.Retroformer;

/// <summary>Lets a new policy replace the incumbent only when the lower confidence bound of its held-out gain is above zero.</summary>
/// <remarks>
/// Returns are paired: same failures, same seeds. The interval is that of <see cref="ClusterBootstrap"/>, with all attempts at one task in one group.
/// Asking often about the same failures makes a lucky promotion likelier than the confidence says; choose it higher for many evaluations.
/// </remarks>
public sealed class PromotionGate
{
    private readonly ClusterBootstrap _bootstrap;
    private readonly int _fewest;

    /// <summary>Creates a gate.</summary>
    /// <param name="options">How the interval is drawn; null for a two-sided interval of 95 %.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PromotionGate(BootstrapOptions? options = null) => (_bootstrap, _fewest) = (new(options), FewestTasks.For((options ?? new()).Confidence));

    /// <summary>Compares two policies.</summary>
    /// <param name="taskIds">The task of each failure; at least one.</param>
    /// <param name="incumbent">The return of the retry after each failure with the incumbent's refinement.</param>
    /// <param name="candidate">The same with the candidate's.</param>
    /// <returns>The gain; never promoted on fewer than 6 tasks (at 95 %), which may all be better by chance.</returns>
    /// <exception cref="ArgumentException">There are no failures, or the lists differ in length.</exception>
    public PromotionDecision Decide(IReadOnlyList<string> taskIds, IReadOnlyList<double> incumbent, IReadOnlyList<double> candidate)
    {
        ArgumentNullException.ThrowIfNull(taskIds);
        ArgumentNullException.ThrowIfNull(incumbent);
        ArgumentNullException.ThrowIfNull(candidate);
        if (taskIds.Count == 0 || incumbent.Count != taskIds.Count || candidate.Count != taskIds.Count)
        {
            throw new ArgumentException("There must be a failure, and each needs one return of either policy.", nameof(taskIds));
        }

        double[][] groups =
        [
            .. Enumerable.Range(0, taskIds.Count).GroupBy(i => taskIds[i], StringComparer.Ordinal)
                .Select(task => new double[] { task.Sum(i => candidate[i] - incumbent[i]), task.Count() }),
        ];
        IntervalEstimate gain = _bootstrap.Estimate(groups, sums => sums[1] > 0 ? sums[0] / sums[1] : double.NaN);
        return new(candidate.Average(), incumbent.Average(), gain, groups.Length >= _fewest && gain.Low > 0);
    }
}
