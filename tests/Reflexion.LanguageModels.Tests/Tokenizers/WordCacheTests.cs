using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class WordCacheTests
{
    [Fact]
    public void Words_are_found_again_and_long_ones_are_not_kept()
    {
        var cache = new WordCache();
        string longest = new('a', WordCache.LongestWord);

        cache.Keep(longest, [1, 2]);
        cache.Keep(longest + "a", [3]);

        cache.Find(longest).Should().Equal(1, 2);
        cache.Find(longest + "a").Should().BeNull();
        cache.Find("b").Should().BeNull();
    }

    [Fact]
    public void A_word_is_never_mistaken_for_another()
    {
        var cache = new WordCache();
        for (int i = 0; i < 100_000; i++)
        {
            cache.Keep($"{i}", [i]);
        }

        for (int i = 0; i < 100_000; i++)
        {
            (cache.Find($"{i}")?[0] ?? i).Should().Be(i);
        }
    }
}
