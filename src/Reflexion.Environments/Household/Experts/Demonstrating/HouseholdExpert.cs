namespace Reflexion.Environments;

/// <summary>Who showed how a task is done.</summary>
public enum HouseholdExpert
{
    /// <summary>The <see cref="HouseholdExplorer"/>, who saw only what it was shown: an agent can learn to do the same.</summary>
    Explorer,

    /// <summary>The <see cref="HouseholdPlanner"/>, who knew the whole world: short, but with knowledge an agent does not have.</summary>
    Planner,
}
