namespace Reflexion.Environments;

/// <summary>The names that the engine gives ids: the word before the position, and a number that falls as the ids ascend.</summary>
internal static class PddlNames
{
    private const string Position = "_bar_";

    /// <summary>Names constants.</summary>
    /// <param name="ids">All constants of a problem, in ordinal order.</param>
    internal static Dictionary<string, string> Of(IReadOnlyList<string> ids)
    {
        Dictionary<string, int> left = ids.Where(HasPosition).CountBy(Word).ToDictionary(StringComparer.Ordinal);
        return ids.ToDictionary(id => id, id => HasPosition(id) ? $"{Word(id)} {left[Word(id)]--}" : id, StringComparer.Ordinal);
    }

    /// <summary>The number in a location's name.</summary>
    internal static int? NumberOf(string name) => int.TryParse(name.AsSpan(name.IndexOf(' ', StringComparison.Ordinal) + 1), out int number) ? number : null;

    /// <summary>A type's name without the ending that all have.</summary>
    internal static string TypeOf(string id) => id.EndsWith("type", StringComparison.Ordinal) && id.Length > 4 ? id[..^4] : id;

    private static bool HasPosition(string id) => id.Contains(Position, StringComparison.Ordinal);

    private static string Word(string id)
    {
        string word = id[..id.IndexOf(Position, StringComparison.Ordinal)];
        return id.Contains("basin", StringComparison.Ordinal) ? word + "basin" : word;
    }
}
