namespace Reflexion.Environments;

/// <summary>Rows of bits: sets of objects, or of receptacles.</summary>
internal sealed class BitTable
{
    private readonly ulong[] _words;
    private readonly int _width;

    internal BitTable(int rows, int columns)
    {
        _width = Math.Max(1, (columns + 63) / 64);
        _words = new ulong[rows * _width];
    }

    private BitTable(BitTable other)
    {
        _words = [.. other._words];
        _width = other._width;
    }

    /// <summary>All bits, for comparing and hashing.</summary>
    internal ReadOnlySpan<ulong> Words => _words;

    internal bool this[int row, int column]
    {
        get => (_words[(row * _width) + (column >> 6)] >> (column & 63) & 1) != 0;
        set
        {
            ref ulong word = ref _words[(row * _width) + (column >> 6)];
            ulong bit = 1UL << (column & 63);
            word = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>A row, lowest columns first.</summary>
    internal ReadOnlySpan<ulong> Row(int row) => _words.AsSpan(row * _width, _width);

    internal BitTable Clone() => new(this);

    internal void CopyFrom(BitTable other) => other._words.CopyTo(_words, 0);
}
