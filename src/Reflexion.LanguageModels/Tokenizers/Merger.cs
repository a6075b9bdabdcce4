using System.Buffers;

namespace Reflexion.LanguageModels;

/// <summary>
/// Byte-pair encoding of one word: again and again the pair of lowest rank, the leftmost of equals, becomes one symbol.
/// O(n log n), whatever the word.
/// </summary>
internal static class Merger
{
    /// <summary>Merges symbols in place.</summary>
    /// <returns>How many symbols are left, at the beginning of the span.</returns>
    internal static int Merge(MergeTable table, Span<int> symbols)
    {
        if (symbols.Length < 2)
        {
            return symbols.Length;
        }

        // Links and ranks, then a heap that holds at most two pushes a merge beside the first pairs.
        int[] numbers = ArrayPool<int>.Shared.Rent(symbols.Length * 3);
        ulong[] heap = ArrayPool<ulong>.Shared.Rent(symbols.Length * 3);
        try
        {
            var word = new MergingWord(table, symbols, numbers, heap);
            return word.Run();
        }
        finally
        {
            ArrayPool<int>.Shared.Return(numbers);
            ArrayPool<ulong>.Shared.Return(heap);
        }
    }
}
