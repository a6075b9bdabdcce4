namespace Reflexion;

/// <summary>When calls to a provider that keeps failing are suspended. Rate limits and permanent faults do not count as failing.</summary>
public sealed class ChatCircuitBreakerOptions
{
    /// <summary>The share of failed attempts that opens the circuit. Default 0.8; in (0, 1].</summary>
    public double FailureRatio { get; set; } = 0.8;

    /// <summary>The fewest attempts within <see cref="SamplingDuration"/> that can open the circuit. Default 20; at least 2.</summary>
    public int MinimumThroughput { get; set; } = 20;

    /// <summary>Over what time attempts are counted. Default 1 minute; in [0.5 s, 1 day].</summary>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the circuit stays open before one call may try again. Default 30 s; in [0.5 s, 1 day].</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    internal ChatCircuitBreakerOptions Copy() => (ChatCircuitBreakerOptions)MemberwiseClone();

    internal IEnumerable<string> Validate()
    {
        if (FailureRatio is not (> 0 and <= 1))
        {
            yield return $"CircuitBreaker.{nameof(FailureRatio)} is {FailureRatio}; it must be above 0 and at most 1.";
        }

        if (MinimumThroughput < 2)
        {
            yield return $"CircuitBreaker.{nameof(MinimumThroughput)} is {MinimumThroughput}; it must be at least 2.";
        }

        foreach ((string name, TimeSpan value) in new[] { (nameof(SamplingDuration), SamplingDuration), (nameof(BreakDuration), BreakDuration) })
        {
            if (value < TimeSpan.FromSeconds(0.5) || value > TimeSpan.FromDays(1))
            {
                yield return $"CircuitBreaker.{name} is {value}; it must be between half a second and a day.";
            }
        }
    }
}
