namespace Reflexion.Environments;

/// <summary>Finds the titles that come closest to one that no page has: first those spelled like it, then those whose title and text are about it.</summary>
internal sealed class SimilarTitles
{
    // What a page is called says more about it than any word of its text.
    private const int TitleWeight = 3;

    private readonly IReadOnlyList<DocumentPage> _pages;
    private readonly SpellingIndex _spelling;
    private readonly Bm25Index _words;

    internal SimilarTitles(IReadOnlyList<DocumentPage> pages)
    {
        _pages = pages;
        _spelling = new([.. pages.Select(page => FoldedText.OfTitle(page.Title))]);
        _words = new(pages.Select(WordsOf));
    }

    /// <summary>The closest titles, each once.</summary>
    /// <param name="key">The folded title.</param>
    /// <param name="limit">The most titles to return.</param>
    internal IEnumerable<string> To(string key, int limit) =>
        _spelling.Closest(key).Concat(_words.Rank(Words.Of(key)).Select(hit => hit.Document)).Select(page => _pages[page].Title).Distinct().Take(limit);

    private static IEnumerable<string> WordsOf(DocumentPage page) =>
        Enumerable.Repeat(page.Title, TitleWeight).Concat(page.Sentences).SelectMany(Words.Of);
}
