namespace Reflexion.Environments;

/// <summary>Whether the agent can learn which commands are admissible.</summary>
public enum HouseholdCommandList
{
    /// <summary>Never, as in the papers.</summary>
    Hidden,

    /// <summary>When it asks, by the command <see cref="HouseholdEnvironment.ListCommands"/>; asking counts as an action.</summary>
    OnRequest,

    /// <summary>Below each observation.</summary>
    Always,
}
