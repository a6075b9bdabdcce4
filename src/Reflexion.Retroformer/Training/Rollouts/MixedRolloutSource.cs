using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Failures of several sources, in equal shares: one retrospective model for several environments (Yao et al. 2023, section 5).</summary>
public sealed class MixedRolloutSource : IRolloutSource
{
    private readonly ImmutableArray<IRolloutSource> _sources;

    /// <summary>Mixes sources.</summary>
    /// <param name="sources">The sources, two at least.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public MixedRolloutSource(params IEnumerable<IRolloutSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = [.. sources];
        if (_sources.Length < 2)
        {
            throw new ArgumentException($"There are {_sources.Length} sources to mix; give two at least, or use the one as it is.", nameof(sources));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Where the count cannot be shared out evenly, the first sources give one more. A source that has no more failures is not made up for by the others.</remarks>
    public async Task<ImmutableArray<FailedAttempt>> CollectAsync(int count, long seed, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var attempts = ImmutableArray.CreateBuilder<FailedAttempt>(count);
        for (int i = 0; i < _sources.Length; i++)
        {
            int share = (count / _sources.Length) + (i < count % _sources.Length ? 1 : 0);
            if (share > 0)
            {
                ImmutableArray<FailedAttempt> own = await _sources[i].CollectAsync(share, seed, cancellationToken).ConfigureAwait(false);
                attempts.AddRange(own.Select(attempt => attempt with { Id = Own(i, attempt.Id), TaskId = Own(i, attempt.TaskId), State = new Origin(_sources[i], attempt) }));
            }
        }

        return attempts.ToImmutable();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Another source collected the attempt.</exception>
    public Task<double> RetryAsync(FailedAttempt attempt, string? refinement, long seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempt.State is Origin origin && _sources.Contains(origin.Source)
            ? origin.Source.RetryAsync(origin.Attempt, refinement, seed, cancellationToken)
            : throw new ArgumentException($"'{attempt.Id}' was not collected by this mixture; retry it with the source that collected it.", nameof(attempt));
    }

    // Tasks of two sources may have the same id.
    private static string Own(int source, string id) => FormattableString.Invariant($"{source + 1}/{id}");

    private sealed record Origin(IRolloutSource Source, FailedAttempt Attempt);
}
