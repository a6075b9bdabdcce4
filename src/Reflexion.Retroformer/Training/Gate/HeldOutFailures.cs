using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>The failures that policies are compared on: collected once, the same attempts and seeds for all.</summary>
internal sealed class HeldOutFailures(IRolloutSource source, ImmutableArray<FailedAttempt> attempts, SeedTree seeds)
{
    public ImmutableArray<string> Ids { get; } = [.. attempts.Select(attempt => attempt.Id)];

    public ImmutableArray<string> TaskIds { get; } = [.. attempts.Select(attempt => attempt.TaskId)];

    public static async Task<HeldOutFailures> CollectAsync(IRolloutSource source, int count, SeedTree seeds, CancellationToken cancellationToken)
    {
        ImmutableArray<FailedAttempt> attempts = await source.CollectAsync(count, seeds.At(0).Seed, cancellationToken).ConfigureAwait(false);
        return attempts.IsEmpty
            ? throw new InvalidOperationException("The held-out source has no failures to compare policies on; give it harder tasks, or train without one.")
            : new(source, attempts, seeds.At(1));
    }

    public Task<double[]> EvaluateAsync(RefinementRollouts rollouts, CancellationToken cancellationToken) =>
        rollouts.EvaluateAsync(source, attempts, seeds, cancellationToken);

    public async Task<double> NullReturnAsync(RefinementRollouts rollouts, CancellationToken cancellationToken) =>
        (await rollouts.NullReturnsAsync(source, attempts, seeds, cancellationToken).ConfigureAwait(false)).Average();
}
