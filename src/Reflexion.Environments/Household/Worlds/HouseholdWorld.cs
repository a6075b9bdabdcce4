using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>One game: a room, what is in it, and a task. Immutable, checked, and safe to share between threads.</summary>
/// <remarks>
/// Load worlds with <c>HouseholdWorlds</c>, generate them, or write one. Receptacles and objects are listed in observations in the order
/// they have here; ALFWorld's order is by the word of the name ascending, then by its number descending.
/// </remarks>
public sealed class HouseholdWorld
{
    private readonly HouseholdLayout?[] _layouts = new HouseholdLayout?[Enum.GetValues<HouseholdGrammar>().Length];

    /// <summary>Creates a world.</summary>
    /// <param name="id">Identifies the world across runs. Not blank.</param>
    /// <param name="task">What to do, as in <c>put a mug in shelf</c>: one line, without a full stop at its end. Not blank.</param>
    /// <param name="goal">What wins the game.</param>
    /// <param name="startLocation">Where the agent stands at the start, from 1; no receptacle is there.</param>
    /// <param name="receptacles">The receptacles; at least one.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="canContain">For each type of receptacle, the types of objects that can be put into it; a type that is missing takes none.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public HouseholdWorld(
        string id,
        string task,
        HouseholdGoal goal,
        int startLocation,
        IEnumerable<HouseholdReceptacle> receptacles,
        IEnumerable<HouseholdObject> objects,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> canContain)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(task);
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(receptacles);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(canContain);
        Id = id;
        Task = task;
        Goal = goal;
        StartLocation = startLocation;
        Receptacles = [.. receptacles];
        Objects = [.. objects];
        CanContain = canContain.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
        HouseholdWorldCheck.Run(this);
    }

    /// <summary>Identifies the world across runs.</summary>
    public string Id { get; }

    /// <summary>What to do, without a full stop at its end.</summary>
    public string Task { get; }

    /// <summary>What wins the game.</summary>
    public HouseholdGoal Goal { get; }

    /// <summary>Where the agent stands at the start.</summary>
    public int StartLocation { get; }

    /// <summary>The receptacles, in the order in which observations list them.</summary>
    public ImmutableArray<HouseholdReceptacle> Receptacles { get; }

    /// <summary>The objects, in the order in which observations list them.</summary>
    public ImmutableArray<HouseholdObject> Objects { get; }

    /// <summary>For each type of receptacle, the types of objects that can be put into it.</summary>
    public FrozenDictionary<string, FrozenSet<string>> CanContain { get; }

    /// <summary>Whether the world's source vouches that the task can be done; ALFWorld evaluates no other games. Default true.</summary>
    public bool IsSolvable { get; init; } = true;

    /// <summary>The world's place in its source's standard order, from 0, or null (default) where there is none.</summary>
    public int? Index { get; init; }

    /// <summary>Commands that win the game, in the older grammar, as its source gives them; none (default) where it gives none.</summary>
    public ImmutableArray<string> Walkthrough { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The world in numbers, made when it is first asked for.</summary>
    internal HouseholdLayout LayoutFor(HouseholdGrammar grammar)
    {
        ref HouseholdLayout? layout = ref _layouts[(int)grammar];
        return Volatile.Read(ref layout) ?? Interlocked.CompareExchange(ref layout, new(this, grammar), null) ?? layout;
    }
}
