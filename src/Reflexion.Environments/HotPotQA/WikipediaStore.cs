namespace Reflexion.Environments;

/// <summary>Wikipedia as it is now, by its public API.</summary>
/// <remarks>
/// Redirects are followed. A disambiguation page, a missing one and one outside the encyclopedia are answered with the titles that
/// Wikipedia's own search finds. Searches are remembered; those that are not go out one at a time. Thread-safe.
/// <example><code>
/// using var store = new WikipediaStore(httpClient, new WikipediaOptions("MyStudy/1.0 (me@example.org)"));
/// var domain = new HotPotQADomain(questions, new() { Documents = store });
/// </code></example>
/// </remarks>
public sealed class WikipediaStore : IDocumentStore, IDisposable
{
    private readonly WikipediaOptions _options;
    private readonly MediaWikiClient _wiki;
    private readonly SearchCache _cache;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Creates a store.</summary>
    /// <param name="client">Sends the requests. Not disposed of with the store.</param>
    /// <param name="options">Who asks, and how.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The cache folder cannot be made.</exception>
    public WikipediaStore(HttpClient client, WikipediaOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _wiki = new(client, options, time ?? TimeProvider.System);
        _cache = new(options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    /// <exception cref="WikipediaException">Wikipedia could not be asked, or did not answer as its API should.</exception>
    public async ValueTask<DocumentSearch> SearchAsync(string title, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        string name = PageTitle.Clean(title);
        if (name.Length == 0)
        {
            return DocumentSearch.NotFound([]);
        }

        if (await _cache.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another trial may have asked the same while this one waited.
            return await _cache.FindAsync(name, cancellationToken).ConfigureAwait(false)
                ?? await _cache.AddAsync(name, await AskAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Frees the lock that keeps requests one at a time.</summary>
    public void Dispose() => _gate.Dispose();

    private async Task<DocumentSearch> AskAsync(string name, CancellationToken cancellationToken)
    {
        MediaWikiPage? page = PageTitle.IsPossible(name) ? await _wiki.FindPageAsync(name, cancellationToken).ConfigureAwait(false) : null;
        if (page is { IsArticle: true })
        {
            return Found(page);
        }

        IReadOnlyList<string> hits = await _wiki.FindTitlesAsync(name, cancellationToken).ConfigureAwait(false);
        if (page is null && hits.FirstOrDefault(hit => FoldedText.Of(hit) == FoldedText.Of(name)) is { } same)
        {
            page = await _wiki.FindPageAsync(same, cancellationToken).ConfigureAwait(false);
        }

        return page is { IsArticle: true } ? Found(page) : DocumentSearch.NotFound(hits.Where(hit => hit != page?.Title).Take(_options.SimilarTitles));
    }

    private static DocumentSearch Found(MediaWikiPage page) => DocumentSearch.Found(new(page.Title, PageText.Sentences(page.Extract!)));
}
