using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Which two neighbouring symbols become which token, and how soon. Read by any number of threads at once.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that is not merged.</summary>
    internal const int Never = int.MaxValue;

    // Half full at most. A slot whose rank is Never is free.
    private readonly long[] _pairs;
    private readonly (int Rank, int Merged)[] _merges;
    private readonly int _shift;

    internal MergeTable(int capacity)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, (long)capacity * 2));
        _shift = 64 - BitOperations.Log2((uint)slots);
        _pairs = new long[slots];
        _merges = new (int, int)[slots];
        Array.Fill(_merges, (Never, 0));
    }

    /// <summary>Adds a pair; of one that is there already, the lower rank stays.</summary>
    internal void Add(int left, int right, int rank, int merged)
    {
        int slot = Find(Pair(left, right));
        if (rank < _merges[slot].Rank)
        {
            _pairs[slot] = Pair(left, right);
            _merges[slot] = (rank, merged);
        }
    }

    /// <summary>The rank of a pair, lower is sooner, and the token it becomes; <see cref="Never"/> where it is none.</summary>
    internal int RankOf(int left, int right, out int merged)
    {
        (int rank, merged) = _merges[Find(Pair(left, right))];
        return rank;
    }

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    private int Find(long pair)
    {
        int slot = (int)((ulong)pair * 0x9E3779B97F4A7C15 >> _shift);
        while (_merges[slot].Rank != Never && _pairs[slot] != pair)
        {
            slot = (slot + 1) & (_pairs.Length - 1);
        }

        return slot;
    }
}
