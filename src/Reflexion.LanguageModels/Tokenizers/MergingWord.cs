namespace Reflexion.LanguageModels;

/// <summary>The state of one word's merging: a linked list of symbols, and a heap of (rank, position of the left symbol).</summary>
internal ref struct MergingWord
{
    private readonly MergeTable _table;
    private readonly Span<int> _symbols;
    private readonly Span<int> _next;
    private readonly Span<int> _previous;

    // The rank of the pair that begins at a position. A heap entry of another rank is out of date.
    private readonly Span<int> _ranks;
    private readonly Span<ulong> _heap;
    private int _heapCount;

    internal MergingWord(MergeTable table, Span<int> symbols, Span<int> numbers, Span<ulong> heap)
    {
        int length = symbols.Length;
        _table = table;
        _symbols = symbols;
        _next = numbers[..length];
        _previous = numbers.Slice(length, length);
        _ranks = numbers.Slice(2 * length, length);
        _heap = heap;
    }

    internal int Run()
    {
        int length = _symbols.Length;
        for (int i = 0; i < length; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
        }

        for (int i = 0; i < length; i++)
        {
            Consider(i);
        }

        while (_heapCount > 0)
        {
            ulong lowest = Pop();
            int position = (int)(uint)lowest;
            if (_ranks[position] == (int)(lowest >> 32))
            {
                MergeAt(position);
            }
        }

        int count = 0;
        for (int i = 0; i < length; i = _next[i])
        {
            _symbols[count++] = _symbols[i];
        }

        return count;
    }

    private void MergeAt(int position)
    {
        int right = _next[position];
        int after = _next[right];
        _table.RankOf(_symbols[position], _symbols[right], out _symbols[position]);
        _ranks[right] = MergeTable.Never;
        _next[position] = after;
        if (after < _symbols.Length)
        {
            _previous[after] = position;
        }

        Consider(position);
        if (_previous[position] >= 0)
        {
            Consider(_previous[position]);
        }
    }

    private void Consider(int position)
    {
        int right = _next[position];
        int rank = right < _symbols.Length ? _table.RankOf(_symbols[position], _symbols[right], out _) : MergeTable.Never;
        _ranks[position] = rank;
        if (rank != MergeTable.Never)
        {
            Push(((ulong)rank << 32) | (uint)position);
        }
    }

    private void Push(ulong entry)
    {
        int at = _heapCount++;
        while (at > 0 && _heap[(at - 1) / 2] > entry)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = entry;
    }

    private ulong Pop()
    {
        ulong lowest = _heap[0];
        ulong last = _heap[--_heapCount];
        int at = 0;
        for (int child = 1; child < _heapCount; child = 2 * at + 1)
        {
            child += child + 1 < _heapCount && _heap[child + 1] < _heap[child] ? 1 : 0;
            if (_heap[child] >= last)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = last;
        return lowest;
    }
}
