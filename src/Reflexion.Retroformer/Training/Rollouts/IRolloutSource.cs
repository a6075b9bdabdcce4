using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Where a trainer's failures come from, and what says how much a refinement helps.</summary>
/// <remarks>The same seed gives the same attempts and returns. Retries are asked for concurrently: implementations are thread-safe.</remarks>
public interface IRolloutSource
{
    /// <summary>Makes first trials without a refinement until enough have failed.</summary>
    /// <param name="count">How many failures are wanted; at least 1.</param>
    /// <param name="seed">Decides which tasks are tried and what is random in them.</param>
    /// <param name="cancellationToken">Abandons the trials.</param>
    /// <returns>At most <paramref name="count"/> failures; fewer where the source has no more.</returns>
    Task<ImmutableArray<FailedAttempt>> CollectAsync(int count, long seed, CancellationToken cancellationToken);

    /// <summary>Tries again after a failure.</summary>
    /// <param name="attempt">One of the attempts that this source collected.</param>
    /// <param name="refinement">What the retrospective model wrote, put into the actor's prompt as it will be in use; null for the null arm, a retry without a refinement.</param>
    /// <param name="seed">Seeds what is random in the retry. All refinements for one attempt get the same seed, so that they differ in nothing else.</param>
    /// <param name="cancellationToken">Abandons the trial.</param>
    /// <returns>G(k+1), the return of the retry, in [0, 1].</returns>
    Task<double> RetryAsync(FailedAttempt attempt, string? refinement, long seed, CancellationToken cancellationToken);
}
