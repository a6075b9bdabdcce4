using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>The names that ALFWorld's files give the kinds of task.</summary>
public static class HouseholdTaskKinds
{
    private static readonly ImmutableArray<string> Names =
    [
        "pick_and_place_simple",
        "look_at_obj_in_light",
        "pick_clean_then_place_in_recep",
        "pick_heat_then_place_in_recep",
        "pick_cool_then_place_in_recep",
        "pick_two_obj_and_place",
    ];

    /// <summary>All kinds, in the order of ALFWorld's task type numbers.</summary>
    public static ImmutableArray<HouseholdTaskKind> All { get; } = [.. Enum.GetValues<HouseholdTaskKind>()];

    /// <summary>ALFWorld's name of a kind, such as <c>pick_and_place_simple</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is no kind.</exception>
    public static string NameOf(HouseholdTaskKind kind) =>
        Enum.IsDefined(kind) ? Names[(int)kind] : throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no kind of household task.");

    /// <summary>Finds a kind by ALFWorld's name.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether there is such a kind.</returns>
    public static bool TryParse(string? name, out HouseholdTaskKind kind)
    {
        int found = name is null ? -1 : Names.IndexOf(name);
        kind = (HouseholdTaskKind)Math.Max(found, 0);
        return found >= 0;
    }
}
