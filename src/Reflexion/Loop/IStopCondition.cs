namespace Reflexion;

/// <summary>Decides after each trial whether the episode should end. Combine them with <see cref="StopWhen"/>.</summary>
/// <remarks>Holds no state about a run: everything is in the argument, so one instance serves many episodes at once.</remarks>
public interface IStopCondition
{
    /// <summary>Looks at an episode after a trial.</summary>
    /// <param name="progress">The trials so far and what they used.</param>
    /// <returns>Why to stop, or null to go on.</returns>
    StopDecision? Check(EpisodeProgress progress);
}
