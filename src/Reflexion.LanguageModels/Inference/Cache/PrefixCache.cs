namespace Reflexion.LanguageModels;

/// <summary>The sequences that ended last, for those that begin alike. For one thread at a time.</summary>
/// <param name="mostPositions">Positions kept at most, counted as room taken.</param>
internal sealed class PrefixCache(long mostPositions) : IDisposable
{
    // Of an entry that goes on differently so much may be lost when its memory is taken over.
    private const int CutWithoutRegret = 8;

    // The last is the one used last.
    private readonly List<CachedPrefix> _entries = [];

    public int Count => _entries.Count;

    public long Positions { get; private set; }

    /// <summary>The entry that shares most with a sequence, or null.</summary>
    public CachedPrefix? Find(List<int> tokens, string? adapter)
    {
        CachedPrefix? best = null;
        int most = 0;
        foreach (CachedPrefix entry in _entries)
        {
            int shared = entry.Adapter == adapter ? entry.SharedWith(tokens) : 0;
            if (shared >= most && shared > 0)
            {
                (best, most) = (entry, shared);
            }
        }

        return best;
    }

    /// <summary>A cache that begins with the first <paramref name="count"/> positions of an entry: its own memory if nothing much is lost, else a copy.</summary>
    public KeyValueCache Take(CachedPrefix entry, int count, int positions)
    {
        _entries.Remove(entry);
        if (entry.Cache.Count - count <= CutWithoutRegret)
        {
            Positions -= entry.Cache.Capacity;
            entry.Cache.Count = count;
            return entry.Cache;
        }

        _entries.Add(entry);
        return entry.Cache.CopyPrefix(count, positions);
    }

    /// <summary>Keeps what a sequence left, and lets go of those used longest ago.</summary>
    public void Add(CachedPrefix entry)
    {
        _entries.Add(entry);
        Positions += entry.Cache.Capacity;
        while (Positions > mostPositions)
        {
            Remove(_entries[0]);
        }
    }

    public void Clear()
    {
        while (_entries.Count > 0)
        {
            Remove(_entries[^1]);
        }
    }

    public void Dispose() => Clear();

    private void Remove(CachedPrefix entry)
    {
        _entries.Remove(entry);
        Positions -= entry.Cache.Capacity;
        entry.Cache.Dispose();
    }
}
