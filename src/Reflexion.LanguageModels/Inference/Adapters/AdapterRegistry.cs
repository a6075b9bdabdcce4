namespace Reflexion.LanguageModels;

/// <summary>Snapshots of the adapters used last, so that one is not copied and hashed for every request.</summary>
internal sealed class AdapterRegistry(TransformerConfig config) : IDisposable
{
    private const int MostKept = 4;

    private readonly Lock _lock = new();
    private readonly List<(WeakReference<LoraAdapter> Adapter, AdapterSnapshot Snapshot)> _kept = [];

    /// <summary>The adapter as it is now; the caller disposes what it gets.</summary>
    /// <exception cref="ArgumentException">The adapter was made for a model of another shape.</exception>
    public AdapterSnapshot? Take(LoraAdapter? adapter)
    {
        if (adapter is null)
        {
            return null;
        }

        adapter.EnsureFits(config, nameof(adapter));
        lock (_lock)
        {
            int index = _kept.FindIndex(entry => entry.Adapter.TryGetTarget(out LoraAdapter? target) && ReferenceEquals(target, adapter));
            if (index >= 0 && _kept[index].Snapshot.Version == adapter.Store.Block.Version)
            {
                return _kept[index].Snapshot.Share();
            }

            if (index >= 0 || _kept.Count == MostKept)
            {
                Remove(Math.Max(0, index));
            }

            var snapshot = new AdapterSnapshot(adapter);
            _kept.Add((new(adapter), snapshot));
            return snapshot.Share();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            while (_kept.Count > 0)
            {
                Remove(0);
            }
        }
    }

    private void Remove(int index)
    {
        _kept[index].Snapshot.Dispose();
        _kept.RemoveAt(index);
    }
}
