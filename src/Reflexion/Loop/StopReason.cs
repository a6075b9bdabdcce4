namespace Reflexion;

/// <summary>Why an episode ended.</summary>
public enum StopReason
{
    /// <summary>A trial succeeded.</summary>
    Success,

    /// <summary>All the trials allowed were made.</summary>
    TrialLimit,

    /// <summary>The budget ended; <see cref="Episode.StopDetail"/> says which part of it.</summary>
    Budget,

    /// <summary>The score did not improve for the number of trials allowed.</summary>
    NoImprovement,

    /// <summary>A trial repeated an earlier one step for step.</summary>
    RepeatedTrajectory,

    /// <summary>A stop condition of the user's own.</summary>
    Custom,

    /// <summary>The model called tools that the caller runs, behind <see cref="ReflectiveChatClientExtensions.WithReflexion"/>.</summary>
    AwaitsTools,

    /// <summary>The caller asked to stop through <see cref="EpisodeOptions.StopToken"/>.</summary>
    Stopped,

    /// <summary>A component failed; <see cref="Episode.Failure"/> says which and how.</summary>
    Failed,
}
