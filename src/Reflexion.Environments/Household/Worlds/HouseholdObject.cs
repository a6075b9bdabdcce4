using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A thing, with where it is at the start.</summary>
/// <param name="Name">What it is called in commands, such as <c>mug 2</c>: a word, a space and a number from 1. Unique in its world.</param>
/// <param name="Type">What it is, such as <c>mug</c>; one word.</param>
/// <param name="Traits">What can be done to it.</param>
public sealed record HouseholdObject(string Name, string Type, HouseholdTraits Traits)
{
    /// <summary>
    /// The names of the receptacles it is in at the start, each once. Default none. ALFWorld's own games put some things into
    /// several at a time: such a thing can be taken from each.
    /// </summary>
    public ImmutableArray<string> Receptacles { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The locations it is at, from 1, each once; null (default) for those of its receptacles. Where it is at a location
    /// without being in a receptacle, it cannot be seen or taken, but it can be sliced.
    /// </summary>
    public ImmutableArray<int>? Locations { get; init; }

    /// <summary>What it is like at the start. Default nothing in particular.</summary>
    public HouseholdConditions Conditions { get; init; }

    /// <summary>The names of the objects in it, each once (in one of ALFWorld's games a pan is in itself); shown when a <see cref="HouseholdTraits.Container"/> is examined. Default none.</summary>
    public ImmutableArray<string> Contents { get; init => field = value.IsDefault ? [] : value; } = [];
}
