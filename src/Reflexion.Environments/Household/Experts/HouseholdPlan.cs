using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>What a <see cref="HouseholdPlanner"/> found.</summary>
public sealed record HouseholdPlan
{
    private HouseholdPlan(ImmutableArray<string> commands, string? obstacle)
    {
        Commands = commands;
        Obstacle = obstacle;
    }

    /// <summary>Commands that win the game when they are given one after the other, in the game's grammar; none where it is won already or cannot be won.</summary>
    public ImmutableArray<string> Commands { get; }

    /// <summary>Why the game cannot be won any more, whatever is done; null where it can be.</summary>
    public string? Obstacle { get; }

    /// <summary>Whether the game can be won.</summary>
    public bool IsSolvable => Obstacle is null;

    internal static HouseholdPlan Of(ImmutableArray<string> commands) => new(commands, null);

    internal static HouseholdPlan Impossible(string obstacle) => new([], obstacle);
}
