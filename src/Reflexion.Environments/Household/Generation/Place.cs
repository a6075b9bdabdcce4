using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion.Environments;

/// <summary>A type of receptacle where things may lie.</summary>
/// <param name="ReceptacleType">The type.</param>
/// <param name="Weight">How likely it is beside the others; at least 1.</param>
internal readonly record struct Place(string ReceptacleType, int Weight)
{
    /// <summary>Reads a list such as <c>fridge 5, countertop 3</c>.</summary>
    internal static ImmutableArray<Place> ParseList(string text) => [.. text.Split(", ").Select(Parse)];

    private static Place Parse(string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(text[..space], int.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture));
    }
}
