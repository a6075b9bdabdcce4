using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Accepts a lesson that all its guards accept. Thread-safe as far as they are.</summary>
public sealed class CompositeGuard : ILessonGuard
{
    private readonly ImmutableArray<ILessonGuard> _guards;

    /// <summary>Combines guards.</summary>
    /// <param name="guards">The guards, asked in this order until one rejects; none accepts everything.</param>
    /// <exception cref="ArgumentException">A guard is null.</exception>
    public CompositeGuard(IEnumerable<ILessonGuard> guards)
    {
        ArgumentNullException.ThrowIfNull(guards);
        _guards = [.. guards];
        if (_guards.Contains(null!))
        {
            throw new ArgumentException("A guard is null.", nameof(guards));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (ILessonGuard guard in _guards)
        {
            if (await guard.InspectAsync(context, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}
