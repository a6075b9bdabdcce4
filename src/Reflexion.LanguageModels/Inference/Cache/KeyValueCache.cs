namespace Reflexion.LanguageModels;

/// <summary>Keys and values of one sequence in every layer, one row a position; it grows with the sequence.</summary>
internal sealed unsafe class KeyValueCache : IDisposable
{
    private const int LeastCapacity = 64;

    private readonly TransformerConfig _config;
    private readonly int _mostPositions;
    private NativeBuffer<float> _buffer;

    /// <param name="config">The model's shape.</param>
    /// <param name="mostPositions">How far it may grow.</param>
    /// <param name="positions">Room to begin with.</param>
    public KeyValueCache(TransformerConfig config, int mostPositions, int positions)
    {
        _config = config;
        _mostPositions = mostPositions;
        Capacity = Math.Min(mostPositions, Math.Max(positions, LeastCapacity));
        _buffer = NewBuffer(Capacity);
    }

    /// <summary>Positions there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>Positions computed.</summary>
    public int Count { get; set; }

    /// <summary>Numbers from a row to the next.</summary>
    public int Width => _config.KeyValueWidth;

    /// <summary>The first key of a layer.</summary>
    public float* Keys(int layer) => At(_buffer, Capacity, 2 * layer);

    /// <summary>The first value of a layer.</summary>
    public float* Values(int layer) => At(_buffer, Capacity, (2 * layer) + 1);

    /// <summary>Makes room; what was computed stays.</summary>
    public void Reserve(int positions)
    {
        if (positions <= Capacity)
        {
            return;
        }

        int capacity = Math.Min(_mostPositions, Math.Max(positions, Capacity + (Capacity / 2)));
        NativeBuffer<float> larger = NewBuffer(capacity);
        CopyRows(_buffer, Capacity, larger, capacity, Count);
        _buffer.Dispose();
        (_buffer, Capacity) = (larger, capacity);
    }

    /// <summary>A cache of its own that begins with the same positions.</summary>
    public KeyValueCache CopyPrefix(int count, int positions)
    {
        var copy = new KeyValueCache(_config, _mostPositions, Math.Max(count, positions)) { Count = count };
        CopyRows(_buffer, Capacity, copy._buffer, copy.Capacity, count);
        return copy;
    }

    public void Dispose() => _buffer.Dispose();

    private NativeBuffer<float> NewBuffer(int capacity) => new(2L * _config.LayerCount * capacity * Width);

    private float* At(NativeBuffer<float> buffer, int capacity, int half) => buffer.Pointer + ((long)half * capacity * Width);

    private void CopyRows(NativeBuffer<float> from, int fromCapacity, NativeBuffer<float> to, int toCapacity, int count)
    {
        long bytes = (long)count * Width * sizeof(float);
        for (int half = 0; half < 2 * _config.LayerCount; half++)
        {
            Buffer.MemoryCopy(At(from, fromCapacity, half), At(to, toCapacity, half), bytes, bytes);
        }
    }
}
