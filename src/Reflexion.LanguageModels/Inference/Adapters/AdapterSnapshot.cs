namespace Reflexion.LanguageModels;

/// <summary>An adapter as it was when a request came in: training it meanwhile changes nothing. Freed when nobody uses it.</summary>
internal sealed class AdapterSnapshot : IDisposable
{
    private readonly LoraAdapter _adapter;
    private int _users = 1;

    public AdapterSnapshot(LoraAdapter adapter)
    {
        Version = adapter.Store.Block.Version;
        _adapter = adapter.Clone();
        Hash = _adapter.Hash;
    }

    public long Version { get; }

    public string Hash { get; }

    public AdapterTensors<float> Tensors => _adapter.Store.Tensors;

    /// <summary>One user more, who disposes too.</summary>
    public AdapterSnapshot Share()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _adapter.Dispose();
        }
    }
}
