namespace Reflexion;

/// <summary>The payload of a trial's end.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Stop">Why the episode ends with it, or null where it goes on.</param>
internal sealed record TrialEnd(Trial Trial, StopDecision? Stop);
