namespace Reflexion.Environments;

/// <summary>How much of the engine's own texts is shown.</summary>
public enum HouseholdWording
{
    /// <summary>
    /// As the papers' runners show them: no banner, the task right below the room, and no <c>You arrive at loc 5.</c>
    /// </summary>
    Papers,

    /// <summary>The engine's own texts, whole.</summary>
    Engine,
}
