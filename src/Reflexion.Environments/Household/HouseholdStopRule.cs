namespace Reflexion.Environments;

/// <summary>When a trial that leads nowhere is ended before its actions are used up.</summary>
public enum HouseholdStopRule
{
    /// <summary>
    /// The same action with the same observation more than three times, or more than 30 actions (Shinn et al. 2023, section 4.1).
    /// </summary>
    Paper,

    /// <summary>An action that is the same as the one before it, whatever its observation, as in the code of that paper.</summary>
    Original,

    /// <summary>Not at all; <see cref="HouseholdOptions.MaxActions"/> alone ends it.</summary>
    None,
}
