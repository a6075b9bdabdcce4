namespace Reflexion.Tests;

/// <summary>A clock that moves only when told to. Its timers are real ones, so that waiting still ends.</summary>
internal class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public virtual void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }
}
