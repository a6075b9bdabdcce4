using System.Numerics;

namespace Reflexion.Environments;

/// <summary>Goes through the columns of a row that are set, lowest first.</summary>
internal ref struct Bits(ReadOnlySpan<ulong> row)
{
    private readonly ReadOnlySpan<ulong> _row = row;
    private int _index = -1;
    private ulong _rest;

    public int Current { get; private set; }

    public readonly Bits GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_rest == 0)
        {
            if (++_index >= _row.Length)
            {
                return false;
            }

            _rest = _row[_index];
        }

        Current = (_index * 64) + BitOperations.TrailingZeroCount(_rest);
        _rest &= _rest - 1;
        return true;
    }
}
