namespace Reflexion;

/// <summary>A measured value with its confidence interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The interval's lower end; NaN where the data (one task, say) tell nothing about it.</param>
/// <param name="High">The interval's upper end; NaN where the data tell nothing about it, positive infinity where it has no bound.</param>
public readonly record struct IntervalEstimate(double Value, double Low, double High)
{
    /// <summary>Whether the interval lies on one side of zero, so that the sign of <see cref="Value"/> is more than noise.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}
