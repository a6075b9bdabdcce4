using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>How many objects of a type a room has, and where they lie.</summary>
/// <param name="Type">The type.</param>
/// <param name="Max">The most of them; there is at least one where there are any.</param>
/// <param name="Percent">How many of a hundred rooms have any.</param>
/// <param name="Places">The types of receptacles, likely ones with a high weight.</param>
internal sealed record ObjectEntry(string Type, int Max, int Percent, ImmutableArray<Place> Places)
{
    /// <summary>Creates an entry.</summary>
    /// <param name="type">The type.</param>
    /// <param name="max">The most of them.</param>
    /// <param name="places">The places with their weights, such as <c>fridge 5, countertop 3</c>.</param>
    /// <param name="percent">How many of a hundred rooms have any.</param>
    internal ObjectEntry(string type, int max, string places, int percent = 100)
        : this(type, max, percent, Place.ParseList(places))
    {
    }

    internal HouseholdTraits Traits { get; } = ObjectCatalogue.TraitsOf(Type);

    internal bool Has(HouseholdTraits traits) => Traits.HasFlag(traits);
}
