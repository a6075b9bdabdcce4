using System.Collections.Immutable;
using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Named tensors one after another in one piece of memory, so that an optimiser, a hash and a file see one vector.</summary>
internal sealed unsafe class ParameterBlock<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _values;
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorSlot> _byName = new(StringComparer.Ordinal);

    public ParameterBlock(ImmutableArray<TensorSlot> slots)
    {
        Slots = slots;
        long length = 0;
        foreach (TensorSlot slot in slots)
        {
            _offsets.Add(slot.Name, length);
            _byName.Add(slot.Name, slot);
            length += slot.Length;
        }

        _values = new(length);
    }

    public ImmutableArray<TensorSlot> Slots { get; }

    public T* Pointer => _values.Pointer;

    public long Length => _values.Length;

    /// <summary>Tells states of the numbers apart; see <see cref="MarkChanged"/>.</summary>
    public long Version { get; private set; }

    /// <summary>The tensor of that name, as a view.</summary>
    public Matrix<T> this[string name] => new(Pointer + _offsets[name], _byName[name].Rows, _byName[name].Columns);

    /// <summary>Tensors that follow one another, seen as one matrix.</summary>
    public Matrix<T> Stacked(string first, int rows) => new(Pointer + _offsets[first], rows, _byName[first].Columns);

    /// <summary>A block of the same tensors, all zero.</summary>
    public ParameterBlock<T> EmptyCopy() => new(Slots);

    public void CopyFrom(ParameterBlock<T> other) => Buffer.MemoryCopy(other.Pointer, Pointer, Length * sizeof(T), other.Length * sizeof(T));

    public void Clear() => System.Runtime.InteropServices.NativeMemory.Clear(Pointer, (nuint)(Length * sizeof(T)));

    /// <summary>Says that the numbers have changed, to whoever keeps something made from them.</summary>
    public void MarkChanged() => Version++;

    public void Dispose() => _values.Dispose();
}
