namespace Reflexion.Environments;

/// <summary>What an agent reads about a search, in the papers' form.</summary>
internal static class DocumentObservations
{
    private const int LongestQuoted = 200;

    /// <summary>The beginning of a page.</summary>
    internal static string Found(DocumentPage page, int sentences) =>
        page.Sentences.IsEmpty ? $"The page [{page.Title}] holds no text." : page.Head(sentences);

    /// <summary>Says that no page has a title, and names those that come close as a Python list would be printed.</summary>
    internal static string NotFound(string title, IReadOnlyList<string> similar)
    {
        string quoted = title.Length <= LongestQuoted ? title : $"{title[..LongestQuoted]}…";
        return similar.Count == 0
            ? $"Could not find [{quoted}], nor any title like it. Search for the name of one person, place, work or thing."
            : $"Could not find [{quoted}]. Similar: [{string.Join(", ", similar.Select(Quote))}]";
    }

    private static string Quote(string title) =>
        !title.Contains('\'') ? $"'{title}'"
        : !title.Contains('"') ? $"\"{title}\""
        : $"'{title.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
