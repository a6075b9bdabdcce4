namespace Reflexion;

/// <summary>What is to be expected after a pilot, with intervals that draw the pilot's tasks.</summary>
/// <param name="Calls">Model calls.</param>
/// <param name="Tokens">Tokens, input and output.</param>
/// <param name="Cost">Money, where prices are known.</param>
public sealed record ExpectedUsage(IntervalEstimate Calls, IntervalEstimate Tokens, IntervalEstimate Cost)
{
    /// <summary>The sum, with ends that are added as if all arms missed on the same side: wide rather than narrow.</summary>
    internal ExpectedUsage Plus(ExpectedUsage other) => new(Sum(Calls, other.Calls), Sum(Tokens, other.Tokens), Sum(Cost, other.Cost));

    private static IntervalEstimate Sum(IntervalEstimate a, IntervalEstimate b) => new(a.Value + b.Value, a.Low + b.Low, a.High + b.High);
}
