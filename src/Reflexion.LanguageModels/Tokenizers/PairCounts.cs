using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>How often which symbols are neighbours in a set of words, kept up to date while pairs are merged.</summary>
internal sealed class PairCounts
{
    private readonly List<(int[] Symbols, int Length, long Count)> _words = [];
    private readonly Dictionary<long, long> _counts = [];

    // Where a pair occurs, or did once.
    private readonly Dictionary<long, List<int>> _where = [];

    // Counts only fall, save for pairs with the newest symbol: an entry out of date is too high, and put right when it comes up.
    private readonly PriorityQueue<long, (long Count, long Pair)> _queue = new(Comparer<(long Count, long Pair)>.Create(
        (one, other) => one.Count != other.Count ? other.Count.CompareTo(one.Count) : one.Pair.CompareTo(other.Pair)));

    internal PairCounts(List<(byte[] Word, long Count)> words, int firstByte)
    {
        foreach ((byte[] word, long count) in words)
        {
            int[] symbols = Array.ConvertAll(word, value => firstByte + value);
            for (int i = 0; i + 1 < symbols.Length; i++)
            {
                Change(Pair(symbols[i], symbols[i + 1]), count, _words.Count);
            }

            _words.Add((symbols, symbols.Length, count));
        }

        foreach ((long pair, long count) in _counts)
        {
            _queue.Enqueue(pair, (count, pair));
        }
    }

    /// <summary>The most frequent pair, of equals the one of lower ids; null where none is frequent enough.</summary>
    internal (int Left, int Right)? MostFrequent(long minFrequency)
    {
        while (_queue.TryDequeue(out long pair, out (long Count, long Pair) entry))
        {
            long count = _counts.GetValueOrDefault(pair);
            if (count == entry.Count && count >= minFrequency)
            {
                return ((int)(pair >> 32), (int)pair);
            }

            if (count > 0 && count != entry.Count)
            {
                _queue.Enqueue(pair, (count, pair));
            }
        }

        return null;
    }

    /// <summary>Makes one symbol of a pair wherever it occurs.</summary>
    internal void Merge(int left, int right, int merged)
    {
        long pair = Pair(left, right);
        _where.Remove(pair, out List<int>? places);
        _counts.Remove(pair);
        var changed = new HashSet<long>();
        int last = -1;
        foreach (int word in places ?? [])
        {
            // Places are in order, but one word can be there more than once.
            if (word != last)
            {
                MergeIn(word, left, right, merged, changed);
                last = word;
            }
        }

        _counts.Remove(pair);
        foreach (long neighbours in changed)
        {
            if (_counts.TryGetValue(neighbours, out long count) && count > 0)
            {
                _queue.Enqueue(neighbours, (count, neighbours));
            }
        }
    }

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    private void MergeIn(int index, int left, int right, int merged, HashSet<long> changed)
    {
        ref (int[] Symbols, int Length, long Count) word = ref CollectionsMarshal.AsSpan(_words)[index];
        Span<int> symbols = word.Symbols.AsSpan(0, word.Length);
        if (!Holds(symbols, left, right))
        {
            return;
        }

        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            Change(Pair(symbols[i], symbols[i + 1]), -word.Count, -1);
        }

        int written = 0;
        for (int read = 0; read < symbols.Length; read++)
        {
            bool isPair = read + 1 < symbols.Length && symbols[read] == left && symbols[read + 1] == right;
            symbols[written++] = isPair ? merged : symbols[read];
            read += isPair ? 1 : 0;
        }

        word.Length = written;
        for (int i = 0; i + 1 < written; i++)
        {
            long pair = Pair(symbols[i], symbols[i + 1]);
            bool isNew = symbols[i] == merged || symbols[i + 1] == merged;
            Change(pair, word.Count, isNew ? index : -1);
            if (isNew)
            {
                changed.Add(pair);
            }
        }
    }

    private static bool Holds(ReadOnlySpan<int> symbols, int left, int right) => symbols.IndexOf([left, right]) >= 0;

    private void Change(long pair, long by, int word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += by;
        if (word >= 0)
        {
            ref List<int>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(_where, pair, out _);
            places ??= [];
            if (places is [] || places[^1] != word)
            {
                places.Add(word);
            }
        }
    }
}
