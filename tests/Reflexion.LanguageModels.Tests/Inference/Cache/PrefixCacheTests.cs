using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class PrefixCacheTests
{
    private const int Capacity = 64;

    private static readonly TransformerConfig s_config = TinyLanguageModel.Config;

    [Fact]
    public void Those_used_longest_ago_go_first()
    {
        using var cache = new PrefixCache(2 * Capacity);
        cache.Add(Entry(1, 2, 3));
        cache.Add(Entry(4, 5, 6));
        using (cache.Take(cache.Find([1, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], null)!, 2, 0))
        {
        }

        cache.Count.Should().Be(1, "its memory was taken over");
        cache.Add(Entry(7, 8));
        cache.Add(Entry(9, 10));

        cache.Positions.Should().Be(2 * Capacity);
        cache.Find([4, 5], null).Should().BeNull();
        cache.Find([7, 8], null)!.SharedWith([7, 8, 1]).Should().Be(2);
        cache.Find([9], "an adapter").Should().BeNull();
        cache.Clear();
        cache.Positions.Should().Be(0);
    }

    [Fact]
    public unsafe void A_prefix_of_a_long_entry_is_copied_and_the_entry_stays()
    {
        using var cache = new PrefixCache(1_000);
        CachedPrefix entry = Entry([.. Enumerable.Range(0, 30)]);
        for (int i = 0; i < 30 * s_config.KeyValueWidth; i++)
        {
            entry.Cache.Keys(1)[i] = i;
            entry.Cache.Values(1)[i] = -i;
        }

        cache.Add(entry);

        using KeyValueCache copy = cache.Take(entry, 10, 100);
        copy.Reserve(130);

        cache.Count.Should().Be(1);
        entry.Cache.Count.Should().Be(30);
        copy.Count.Should().Be(10);
        copy.Capacity.Should().BeGreaterThanOrEqualTo(130);
        copy.Keys(1)[(10 * s_config.KeyValueWidth) - 1].Should().Be((10 * s_config.KeyValueWidth) - 1);
        copy.Values(1)[(10 * s_config.KeyValueWidth) - 1].Should().Be(1 - (10 * s_config.KeyValueWidth));
    }

    [Fact]
    public void Nothing_is_kept_where_there_is_no_room()
    {
        using var cache = new PrefixCache(0);

        cache.Add(Entry(1, 2));

        cache.Count.Should().Be(0);
    }

    private static CachedPrefix Entry(params int[] tokens) => new([.. tokens], null, new(s_config, 256, Capacity) { Count = tokens.Length });
}
