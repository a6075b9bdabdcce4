namespace Reflexion.Environments;

/// <summary>Takes the plain text of a page apart.</summary>
internal static class PageText
{
    /// <summary>The sentences of a page, without its headings (<c>== Early life ==</c>).</summary>
    internal static IEnumerable<string> Sentences(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !IsHeading(line)).SelectMany(SentenceSplitter.Split);

    private static bool IsHeading(string line) => line.Length > 4 && line.StartsWith("==", StringComparison.Ordinal) && line.EndsWith("==", StringComparison.Ordinal);
}
