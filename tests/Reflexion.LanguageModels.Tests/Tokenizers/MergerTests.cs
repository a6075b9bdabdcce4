using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class MergerTests
{
    [Fact]
    public void Merging_is_that_of_the_definition()
    {
        Gen<(int Left, int Right)> pair = Gen.Choose(0, 5).Two().Select(both => (both.Item1, both.Item2));
        Gen<((int, int)[] Pairs, int[] Word)> cases = pair.ArrayOf().SelectMany(pairs => Gen.Choose(0, 3).ArrayOf().Select(word => (pairs, word)));

        Prop.ForAll(cases.ToArbitrary(), made => Fast(made.Pairs, made.Word).SequenceEqual(ByDefinition(made.Pairs, made.Word))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_equal_ranks_the_leftmost_merges_first()
    {
        var table = new MergeTable(4);
        table.Add(1, 1, 0, 2);
        table.Add(2, 1, 0, 3);
        int[] word = [1, 1, 1, 1, 1];

        int count = Merger.Merge(table, word);

        word[..count].Should().Equal(3, 2);
    }

    [Fact]
    public void Of_a_pair_added_twice_the_lower_rank_counts()
    {
        var table = new MergeTable(2);
        table.Add(1, 2, 5, 50);
        table.Add(1, 2, 3, 30);
        table.Add(1, 2, 4, 40);

        table.RankOf(1, 2, out int merged).Should().Be(3);
        merged.Should().Be(30);
        table.RankOf(2, 1, out _).Should().Be(MergeTable.Never);
    }

    [Fact]
    public void A_long_word_takes_no_quadratic_time()
    {
        var table = new MergeTable(20);
        for (int level = 0; level < 20; level++)
        {
            table.Add(level, level, level, level + 1);
        }

        int[] word = new int[1 << 17];

        Merger.Merge(table, word).Should().Be(1);
        word[0].Should().Be(17);
    }

    [Fact]
    public void Short_words_stay_as_they_are()
    {
        var table = new MergeTable(0);

        Merger.Merge(table, []).Should().Be(0);
        Merger.Merge(table, [7]).Should().Be(1);
    }

    private static int[] Fast((int Left, int Right)[] pairs, int[] word)
    {
        var table = new MergeTable(pairs.Length);
        for (int rank = 0; rank < pairs.Length; rank++)
        {
            table.Add(pairs[rank].Left, pairs[rank].Right, rank, rank + 4);
        }

        int[] symbols = [.. word];
        return symbols[..Merger.Merge(table, symbols)];
    }

    private static List<int> ByDefinition((int Left, int Right)[] pairs, int[] word)
    {
        List<int> symbols = [.. word];
        while (true)
        {
            (int Rank, int At) best = Enumerable.Range(0, Math.Max(0, symbols.Count - 1))
                .Select(at => (Rank: Array.IndexOf(pairs, (symbols[at], symbols[at + 1])), At: at))
                .Where(found => found.Rank >= 0)
                .DefaultIfEmpty((-1, -1))
                .Min();
            if (best.Rank < 0)
            {
                return symbols;
            }

            symbols[best.At] = best.Rank + 4;
            symbols.RemoveAt(best.At + 1);
        }
    }
}
