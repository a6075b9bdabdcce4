namespace Reflexion.LanguageModels;

/// <summary>One sequence among those packed into a batch: which rows ask, and which they attend to.</summary>
/// <param name="QueryStart">The first row of queries.</param>
/// <param name="QueryCount">How many queries.</param>
/// <param name="KeyStart">The first row of the sequence's own keys and values.</param>
/// <param name="KeyCount">How many; at least as many as queries. The last query attends to all of them, the one before to all but the last, and so on.</param>
/// <param name="PrefixStart">The first row of keys that every query attends to, such as those of a prompt that several responses share.</param>
/// <param name="PrefixCount">How many; 0: none.</param>
internal readonly record struct AttentionSegment(
    int QueryStart, int QueryCount, int KeyStart, int KeyCount, int PrefixStart = 0, int PrefixCount = 0)
{
    /// <summary>A sequence whose queries and keys are the same rows.</summary>
    public AttentionSegment(int start, int count)
        : this(start, count, start, count)
    {
    }

    /// <summary>Own keys before the first query's own.</summary>
    public int Offset => KeyCount - QueryCount;
}
