using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Cosines and sines of the rotary embedding's angles (RoPE; Su et al. 2021): position · base^(−2i / head size), worked out in double precision.</summary>
/// <remarks>A row holds what multiplies a head's numbers in the layout's order, so that turning is two multiplications a number.</remarks>
internal sealed unsafe class RotaryTable<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _cosines;
    private readonly NativeBuffer<T> _sines;

    /// <param name="positions">How many positions, from 0.</param>
    /// <param name="headSize">Numbers in a head; even.</param>
    /// <param name="frequencyBase">The base of the frequencies.</param>
    /// <param name="layout">Which numbers turn together.</param>
    public RotaryTable(int positions, int headSize, double frequencyBase, RotaryLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(positions);
        ArgumentOutOfRangeException.ThrowIfNotEqual(headSize % 2, 0);
        Positions = positions;
        HeadSize = headSize;
        Layout = layout;
        RowSize = layout == RotaryLayout.Halves ? headSize / 2 : headSize;
        _cosines = new NativeBuffer<T>((long)positions * RowSize);
        _sines = new NativeBuffer<T>((long)positions * RowSize);
        for (int i = 0; i < headSize / 2; i++)
        {
            double frequency = Math.Pow(frequencyBase, -2.0 * i / headSize);
            for (int position = 0; position < positions; position++)
            {
                Set(position, i, position * frequency);
            }
        }
    }

    public int Positions { get; }

    public int HeadSize { get; }

    public RotaryLayout Layout { get; }

    /// <summary>Numbers of a position: one for each pair, or one for each number with the sign that it needs.</summary>
    public int RowSize { get; }

    public T* Cosines => _cosines.Pointer;

    public T* Sines => _sines.Pointer;

    public void Dispose()
    {
        _cosines.Dispose();
        _sines.Dispose();
    }

    private void Set(int position, int pair, double angle)
    {
        T cosine = T.CreateChecked(Math.Cos(angle));
        T sine = T.CreateChecked(Math.Sin(angle));
        long row = (long)position * RowSize;
        if (Layout == RotaryLayout.Halves)
        {
            Cosines[row + pair] = cosine;
            Sines[row + pair] = sine;
            return;
        }

        Cosines[row + (2 * pair)] = cosine;
        Cosines[row + (2 * pair) + 1] = cosine;
        Sines[row + (2 * pair)] = -sine;
        Sines[row + (2 * pair) + 1] = sine;
    }
}
