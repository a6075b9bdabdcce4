namespace Reflexion.Environments;

/// <summary>What an object has become; actions change it.</summary>
[Flags]
public enum HouseholdConditions
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>It was cleaned.</summary>
    Clean = 1,

    /// <summary>It was heated, and not cooled since.</summary>
    Hot = 2,

    /// <summary>It was cooled, and not heated since.</summary>
    Cool = 4,

    /// <summary>It was switched on.</summary>
    Toggled = 8,

    /// <summary>It was sliced.</summary>
    Sliced = 16,
}
