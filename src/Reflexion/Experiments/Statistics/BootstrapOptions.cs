namespace Reflexion;

/// <summary>How a bootstrap is drawn.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How many samples are drawn. Default 2,000, enough for ends of a 95 % interval; at least 100.</summary>
    public int Resamples { get; init; } = 2_000;

    /// <summary>Seeds the draws: the same seed and data give the same interval everywhere. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>How often the interval should hold the true value, in (0,1). Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 100);
        Reflexion.Confidence.Check(Confidence);
    }
}
