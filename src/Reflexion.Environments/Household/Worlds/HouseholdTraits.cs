namespace Reflexion.Environments;

/// <summary>What can be done to an object; it never changes.</summary>
[Flags]
public enum HouseholdTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It can be taken.</summary>
    Pickupable = 1,

    /// <summary>It can be cleaned with a sink basin.</summary>
    Cleanable = 2,

    /// <summary>It can be heated with a microwave.</summary>
    Heatable = 4,

    /// <summary>It can be cooled with a fridge.</summary>
    Coolable = 8,

    /// <summary>It can be switched on.</summary>
    Toggleable = 16,

    /// <summary>It can be sliced with a knife.</summary>
    Sliceable = 32,

    /// <summary>It can hold other objects, as a bowl does.</summary>
    Container = 64,
}
