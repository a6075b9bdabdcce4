namespace Reflexion.Tests;

/// <summary>Time that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), _now + dueTime.Ticks, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Moves time on and calls what falls due, once each.</summary>
    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _now, by.Ticks);
        List<ManualTimer> due;
        lock (_gate)
        {
            due = _timers.Where(timer => timer.Due <= now).ToList();
            _timers.RemoveAll(timer => due.Contains(timer) && timer.Period == Timeout.InfiniteTimeSpan);
        }

        due.ForEach(timer => timer.Callback());
    }

    private sealed record ManualTimer(ManualTime Time, Action Callback, long Due, TimeSpan Period) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (Time._gate)
            {
                Time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
