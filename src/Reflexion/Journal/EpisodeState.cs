namespace Reflexion;

/// <summary>Where an episode stands in a journal.</summary>
public enum EpisodeState
{
    /// <summary>Its end is not recorded: it is running, or its process died.</summary>
    Open,

    /// <summary>It ended early, because a component failed or the caller asked to stop; running it again under its id goes on with it.</summary>
    Interrupted,

    /// <summary>It ended; running it again under its id returns the recorded episode.</summary>
    Ended,
}
