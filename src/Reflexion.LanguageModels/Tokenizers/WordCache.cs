namespace Reflexion.LanguageModels;

/// <summary>
/// The tokens of words met lately, bounded: a word takes the place of another that falls on the same slot. Used by any
/// number of threads at once; a lost update costs only work.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are not kept, in UTF-16 units.</summary>
    internal const int LongestWord = 32;

    private const int Slots = 1 << 14;
    private readonly Entry?[] _entries = new Entry?[Slots];

    internal int[]? Find(ReadOnlySpan<char> word) =>
        Volatile.Read(ref _entries[SlotOf(word)]) is { } entry && word.SequenceEqual(entry.Word) ? entry.Ids : null;

    internal void Keep(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (word.Length <= LongestWord)
        {
            Volatile.Write(ref _entries[SlotOf(word)], new Entry(word.ToString(), ids.ToArray()));
        }
    }

    private static int SlotOf(ReadOnlySpan<char> word) => string.GetHashCode(word) & (Slots - 1);

    private sealed record Entry(string Word, int[] Ids);
}
