using System.Globalization;
using System.Text.RegularExpressions;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Gives the things and places of texts other numbers, so that only who reads knows them: in a house, most things are the first of their kind, and can be guessed.</summary>
/// <param name="random">Draws the numbers.</param>
public sealed partial class Renumbering(Random random)
{
    private const int Most = 20;

    private readonly Dictionary<string, int[]> _numbers = [];

    /// <summary>The text with other numbers, the same for the same name each time.</summary>
    public string Apply(string text) => Name().Replace(text, match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) is <= Most and var number
        ? string.Create(CultureInfo.InvariantCulture, $"{match.Groups["kind"].Value} {Of(match.Groups["kind"].Value)[number - 1]}")
        : match.Value);

    private int[] Of(string kind)
    {
        if (!_numbers.TryGetValue(kind, out int[]? numbers))
        {
            numbers = [.. Enumerable.Range(1, Most)];
            random.Shuffle(numbers);
            _numbers.Add(kind, numbers);
        }

        return numbers;
    }

    [GeneratedRegex(@"\b(?<kind>[a-z]+) (?<number>[1-9][0-9]?)\b")]
    private static partial Regex Name();
}
