namespace Reflexion.Environments;

/// <summary>Remembers searches: the most recently used ones in memory, and where there is a folder, more of them there.</summary>
internal sealed class SearchCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Title, CachedSearch Search)>> _byTitle = [];
    private readonly LinkedList<(string Title, CachedSearch Search)> _byUse = [];
    private readonly WikipediaOptions _options;
    private readonly TimeProvider _time;
    private readonly SearchFolder? _folder;

    internal SearchCache(WikipediaOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _folder = options.CacheFolder is { } path ? new(path, options) : null;
    }

    /// <summary>The search for a title, or null where it is not remembered or too old.</summary>
    internal async Task<DocumentSearch?> FindAsync(string title, CancellationToken cancellationToken)
    {
        if (Recall(title) is { } known)
        {
            return known.Search;
        }

        CachedSearch? kept = _folder is null ? null : await _folder.ReadAsync(title, cancellationToken).ConfigureAwait(false);
        if (kept is null || IsOld(kept))
        {
            return null;
        }

        Remember(title, kept);
        return kept.Search;
    }

    /// <summary>Remembers a search, and returns it.</summary>
    internal async Task<DocumentSearch> AddAsync(string title, DocumentSearch search, CancellationToken cancellationToken)
    {
        var found = new CachedSearch(search, _time.GetUtcNow());
        Remember(title, found);
        if (_folder is not null)
        {
            await _folder.WriteAsync(title, found, cancellationToken).ConfigureAwait(false);
        }

        return search;
    }

    private CachedSearch? Recall(string title)
    {
        lock (_lock)
        {
            if (!_byTitle.TryGetValue(title, out var node) || IsOld(node.Value.Search))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Search;
        }
    }

    private void Remember(string title, CachedSearch search)
    {
        lock (_lock)
        {
            if (_byTitle.Remove(title, out var old))
            {
                _byUse.Remove(old);
            }

            _byTitle.Add(title, _byUse.AddFirst((title, search)));
            if (_byUse.Count > _options.MaxCached)
            {
                _byTitle.Remove(_byUse.Last!.Value.Title);
                _byUse.RemoveLast();
            }
        }
    }

    private bool IsOld(CachedSearch search) => _time.GetUtcNow() - search.FoundAt >= _options.CacheLifetime;
}
