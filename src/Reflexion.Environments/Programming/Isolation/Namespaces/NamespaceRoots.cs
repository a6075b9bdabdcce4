using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>The roots in use, one for each set of readable folders, and a few that were.</summary>
internal sealed class NamespaceRoots(long folderBytes) : IAsyncDisposable
{
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _rents;

    /// <summary>The root for these folders, which stays until it is returned.</summary>
    public async Task<NamespaceRootLease> RentAsync(ImmutableArray<string> folders)
    {
        var normalized = folders.Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var key = string.Join('\n', normalized);
        var entry = Take(key, normalized);
        try
        {
            return new NamespaceRootLease(await entry.Root.ConfigureAwait(false), () => Return(entry));
        }
        catch
        {
            Forget(key, entry);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in TakeAll())
        {
            await DisposeAsync(entry).ConfigureAwait(false);
        }
    }

    private Entry Take(string key, ImmutableArray<string> folders)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                DropUnused();
                entry = new Entry(NamespaceRoot.BuildAsync(folders, folderBytes));
                _entries[key] = entry;
            }

            entry.Users++;
            entry.Rented = ++_rents;
            return entry;
        }
    }

    private void DropUnused()
    {
        if (_entries.Count < Kept)
        {
            return;
        }

        var unused = _entries.Where(pair => pair.Value.Users == 0).OrderBy(pair => pair.Value.Rented).Take(1).ToList();
        foreach (var (key, entry) in unused)
        {
            _entries.Remove(key);
            _ = DisposeAsync(entry).AsTask();
        }
    }

    private void Return(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
        }
    }

    private void Forget(string key, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var current) && current == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    private List<Entry> TakeAll()
    {
        lock (_gate)
        {
            List<Entry> all = [.. _entries.Values];
            _entries.Clear();
            return all;
        }
    }

    private static async ValueTask DisposeAsync(Entry entry)
    {
        try
        {
            (await entry.Root.ConfigureAwait(false)).Dispose();
        }
        catch (SandboxException)
        {
            // It was never built.
        }
    }

    private sealed class Entry(Task<NamespaceRoot> root)
    {
        public Task<NamespaceRoot> Root { get; } = root;

        public int Users { get; set; }

        public long Rented { get; set; }
    }
}
