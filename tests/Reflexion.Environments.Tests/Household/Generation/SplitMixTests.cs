using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class SplitMixTests
{
    [Fact]
    public void Numbers_are_those_of_the_published_algorithm()
    {
        // The values that implementations of SplitMix64 are checked against, for the seed 1234567.
        var random = new SplitMix(1234567);
        ulong[] drawn = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];
        drawn.Should().Equal(6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821);
    }

    [Fact]
    public void Uses_of_one_seed_are_different_and_repeatable()
    {
        ulong[] first = [SplitMix.For(7, 1).Next(), SplitMix.For(7, 2).Next(), SplitMix.For(8, 1).Next(), SplitMix.For(7, 1, 0).Next(), SplitMix.For(7).Next()];
        first.Should().OnlyHaveUniqueItems();
        SplitMix.For(7, 1).Next().Should().Be(first[0]);
    }

    [Fact]
    public void Numbers_stay_between_their_bounds_and_reach_them()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<long>(), Gen.Choose(1, 12).ToArbitrary(), (seed, count) =>
        {
            SplitMix random = SplitMix.For(seed);
            int[] drawn = [.. Enumerable.Range(0, 400).Select(_ => random.Between(5, 4 + count))];
            return drawn.Min() == 5 && drawn.Max() == 4 + count;
        }));
    }

    [Fact]
    public void A_weight_of_zero_is_never_drawn_and_the_others_as_often_as_they_say()
    {
        var random = new SplitMix(3);
        Dictionary<int, int> counts = Enumerable.Range(0, 40_000).Select(_ => random.PickWeighted([0, 1, 0, 3])).CountBy(index => index).ToDictionary();
        counts.Keys.Should().BeEquivalentTo([1, 3]);
        counts[1].Should().BeCloseTo(10_000, 500);
    }

    [Fact]
    public void Chances_come_true_as_often_as_they_say()
    {
        var random = new SplitMix(4);
        Enumerable.Range(0, 10_000).Count(_ => random.Chance(25)).Should().BeCloseTo(2_500, 250);
        Enumerable.Range(0, 10_000).Count(_ => random.Happens(0.25)).Should().BeCloseTo(2_500, 250);
        Enumerable.Range(0, 100).Count(_ => random.Chance(0) || random.Happens(0)).Should().Be(0);
        Enumerable.Range(0, 100).Count(_ => random.Chance(100) && random.Happens(1)).Should().Be(100);
    }

    [Fact]
    public void Shuffling_keeps_every_item_and_reaches_every_order()
    {
        var random = new SplitMix(5);
        var orders = new HashSet<string>();
        for (int time = 0; time < 200; time++)
        {
            int[] items = [1, 2, 3];
            random.Shuffle<int>(items);
            orders.Add(string.Concat(items));
        }

        orders.Should().BeEquivalentTo("123", "132", "213", "231", "312", "321");
    }
}
