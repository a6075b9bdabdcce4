namespace Reflexion;

/// <summary>The payload of an episode's end.</summary>
/// <param name="Stop">Why it ended.</param>
/// <param name="Failure">What failed, or null.</param>
/// <param name="Duration">How long it ran, interruptions not counted.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Unfinished">The trial that was broken off, or null; a run that takes the episode up goes on with it.</param>
internal sealed record EpisodeEnd(StopDecision Stop, EpisodeFailure? Failure, TimeSpan Duration, UsageReport Usage, Trial? Unfinished)
{
    /// <summary>Whether an episode that ended so is over for good. A failure can pass, and who asked to stop can ask to go on.</summary>
    public static bool IsFinal(StopReason reason) => reason is not (StopReason.Failed or StopReason.Stopped);
}
