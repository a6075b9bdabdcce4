namespace Reflexion;

/// <summary>Adds up the time between entries, without the time nobody ran.</summary>
internal sealed class RunningClock
{
    private DateTimeOffset? _last;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Takes the time of the next entry.</summary>
    /// <param name="at">Its time.</param>
    /// <param name="afterGap">Whether nobody ran before it.</param>
    public void Tick(DateTimeOffset at, bool afterGap)
    {
        // A clock that was set back takes nothing away.
        Elapsed += afterGap || _last is not { } last || at < last ? TimeSpan.Zero : at - last;
        _last = at;
    }

    public void Reset(DateTimeOffset at) => (_last, Elapsed) = (at, TimeSpan.Zero);
}
