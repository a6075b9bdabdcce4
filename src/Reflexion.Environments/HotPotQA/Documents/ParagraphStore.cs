using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Pages held in memory, for work without a network: the same search always leads to the same page.</summary>
/// <remarks>
/// A title is found whatever its case, diacritics, quotation marks and dashes. For any other the closest titles are named: those
/// spelled at least three quarters alike by edit distance, then those ranked best by BM25 (k₁ = 1.2, b = 0.75) over titles and texts.
/// Thread-safe; the index is built with the first title that is not found.
/// </remarks>
public sealed class ParagraphStore : IDocumentStore
{
    // Longer than any title of Wikipedia; what an agent writes beyond it is not worth comparing.
    private const int LongestTitle = 300;

    private readonly Dictionary<string, DocumentPage> _byTitle = [];
    private readonly Dictionary<string, DocumentPage> _byKey = [];
    private readonly int _similarTitles;
    private readonly Lazy<SimilarTitles> _similar;

    /// <summary>Creates a store.</summary>
    /// <param name="pages">The pages. Of several with one title the first counts.</param>
    /// <param name="similarTitles">The most titles to name where a page is not found. Default 10, as in the runs recorded for Shinn et al. 2023; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of titles is negative.</exception>
    public ParagraphStore(IEnumerable<DocumentPage> pages, int similarTitles = 10)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentOutOfRangeException.ThrowIfNegative(similarTitles);
        Pages = [.. pages.Where(page => _byTitle.TryAdd(page.Title, page))];
        foreach (DocumentPage page in Pages)
        {
            _byKey.TryAdd(FoldedText.OfTitle(page.Title), page);
        }

        _similarTitles = similarTitles;
        _similar = new(() => new(Pages));
    }

    /// <summary>The pages, each title once, in the order given.</summary>
    public ImmutableArray<DocumentPage> Pages { get; }

    /// <summary>Makes a store of the paragraphs of all questions together.</summary>
    /// <param name="questions">The questions.</param>
    public static ParagraphStore Pool(IEnumerable<HotPotQAQuestion> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        return new(questions.SelectMany(question => question.Paragraphs).Select(paragraph => new DocumentPage(paragraph.Title, paragraph.Sentences)));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public ValueTask<DocumentSearch> SearchAsync(string title, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Search(title.Length <= LongestTitle ? title : title[..LongestTitle]));
    }

    private DocumentSearch Search(string title)
    {
        string key = FoldedText.OfTitle(title);
        return _byTitle.TryGetValue(title, out DocumentPage? page) || _byKey.TryGetValue(key, out page)
            ? DocumentSearch.Found(page)
            : DocumentSearch.NotFound(_similar.Value.To(key, _similarTitles));
    }
}
