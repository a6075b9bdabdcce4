namespace Reflexion.Environments;

/// <summary>What wins a game: a condition on the state alone. The order of events does not matter, nor who brought them about.</summary>
/// <param name="Kind">What must hold.</param>
/// <param name="ObjectType">The type of the object, such as <c>mug</c>. Not blank.</param>
/// <param name="TargetType">The type of the receptacle it must be in; for <see cref="HouseholdTaskKind.LookInLight"/>, of the lamp. Not blank.</param>
public sealed record HouseholdGoal(HouseholdTaskKind Kind, string ObjectType, string TargetType)
{
    /// <summary>Whether the object must also be sliced. Default false; a few of ALFWorld's games, none of those it evaluates, ask for it.</summary>
    public bool RequiresSliced { get; init; }

    /// <summary>Whether every receptacle must also be closed. Default false; a few of ALFWorld's games, none of those it evaluates, ask for it.</summary>
    public bool RequiresAllClosed { get; init; }
}
