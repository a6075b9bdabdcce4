namespace Reflexion;

/// <summary>Where a lesson stands in its life; moved by its credit (see <see cref="LessonLifecycle"/>).</summary>
public enum LessonState
{
    /// <summary>Learnt, and not yet tried.</summary>
    Candidate,

    /// <summary>Tried, and not yet shown to help or to harm.</summary>
    Probation,

    /// <summary>Shown to help.</summary>
    Promoted,

    /// <summary>Shown to harm: kept, exported and audited, but no longer recalled, until it is learnt again.</summary>
    Retired,
}
