namespace Reflexion;

/// <summary>What the next trial is told about the ones before it: the papers' ablations.</summary>
public enum ReflexionStrategy
{
    /// <summary>Nothing: try again (the papers' baseline).</summary>
    Retry,

    /// <summary>The last attempt's trajectory.</summary>
    LastAttempt,

    /// <summary>Lessons from episodic memory (Shinn et al. 2023).</summary>
    Reflexion,

    /// <summary>The last attempt's trajectory and the lessons.</summary>
    LastAttemptAndReflexion,

    /// <summary>A prompt rewritten by a retrospective model (Yao et al. 2023).</summary>
    Retrospective,
}
