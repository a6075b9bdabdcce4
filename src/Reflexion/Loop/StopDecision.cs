namespace Reflexion;

/// <summary>Says that an episode should end.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">Why, for a human reader.</param>
public sealed record StopDecision(StopReason Reason, string Detail);
