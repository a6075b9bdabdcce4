namespace Reflexion;

/// <summary>Where the reference answers stand in a judge's prompt. Models judge somewhat differently by what they read first.</summary>
public enum ReferencePosition
{
    /// <summary>Before the trajectory.</summary>
    BeforeTrajectory,

    /// <summary>After the trajectory.</summary>
    AfterTrajectory,

    /// <summary>Before it in odd votes and after it in even ones, so that the effect of the position cancels.</summary>
    Alternate,
}
