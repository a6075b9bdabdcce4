namespace Reflexion.LanguageModels;

/// <summary>Keys and values of one sequence in every layer, one row a position; it grows with the sequence.</summary>
internal sealed unsafe class KeyValueCache : IDisposable
{
    private const int LeastCapacity = 64;

    private readonly TransformerConfig _config;
    private readonly int _mostPositions;

    // Keys and values of each layer; on their own, so that growing needs room for two of them at a time and not for all.
    private readonly NativeBuffer<float>[] _halves;

    /// <param name="config">The model's shape.</param>
    /// <param name="mostPositions">How far it may grow.</param>
    /// <param name="positions">Room to begin with.</param>
    public KeyValueCache(TransformerConfig config, int mostPositions, int positions)
    {
        _config = config;
        _mostPositions = mostPositions;
        Capacity = Math.Min(mostPositions, Math.Max(positions, LeastCapacity));
        _halves = [.. Enumerable.Range(0, 2 * config.LayerCount).Select(_ => NewHalf(Capacity))];
    }

    /// <summary>Positions there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>Positions computed.</summary>
    public int Count { get; set; }

    /// <summary>Numbers from a row to the next.</summary>
    public int Width => _config.KeyValueWidth;

    /// <summary>The first key of a layer.</summary>
    public float* Keys(int layer) => _halves[2 * layer].Pointer;

    /// <summary>The first value of a layer.</summary>
    public float* Values(int layer) => _halves[(2 * layer) + 1].Pointer;

    /// <summary>Makes room; what was computed stays.</summary>
    public void Reserve(int positions)
    {
        if (positions <= Capacity)
        {
            return;
        }

        int capacity = Math.Min(_mostPositions, Math.Max(positions, Capacity + (Capacity / 2)));
        for (int i = 0; i < _halves.Length; i++)
        {
            NativeBuffer<float> larger = NewHalf(capacity);
            CopyRows(_halves[i], larger, Count);
            _halves[i].Dispose();
            _halves[i] = larger;
        }

        Capacity = capacity;
    }

    /// <summary>A cache of its own that begins with the same positions.</summary>
    public KeyValueCache CopyPrefix(int count, int positions)
    {
        var copy = new KeyValueCache(_config, _mostPositions, Math.Max(count, positions)) { Count = count };
        for (int i = 0; i < _halves.Length; i++)
        {
            CopyRows(_halves[i], copy._halves[i], count);
        }

        return copy;
    }

    public void Dispose()
    {
        foreach (NativeBuffer<float> half in _halves)
        {
            half.Dispose();
        }
    }

    private NativeBuffer<float> NewHalf(int capacity) => new((long)capacity * Width);

    private void CopyRows(NativeBuffer<float> from, NativeBuffer<float> to, int count)
    {
        long bytes = (long)count * Width * sizeof(float);
        Buffer.MemoryCopy(from.Pointer, to.Pointer, bytes, bytes);
    }
}
