using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("gromit", "gromti", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("abcdef", "badcfe", 3)]
    public void The_distance_counts_edits_and_swaps(string left, string right, int distance) => EditDistance.Between(left, right).Should().Be(distance);

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("abcd", "abcd", 1)]
    [InlineData("abcd", "abcx", 0.75)]
    [InlineData("abcd", "wxyz", 0)]
    public void Similarity_is_relative_to_the_longer_one(string left, string right, double similarity) => EditDistance.Similarity(left, right).Should().Be(similarity);

    [Fact]
    public void The_distance_is_that_of_the_recursive_definition() => Prop.ForAll(Pairs(), pair =>
        EditDistance.Between(pair.Left, pair.Right) == Recursive(pair.Left, pair.Right)
        && EditDistance.Between(pair.Right, pair.Left) == EditDistance.Between(pair.Left, pair.Right)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("nick prak", new[] { 0, 1 })]
    [InlineData("nik park", new[] { 0, 1 })]
    [InlineData("nick parks", new[] { 1, 0 })]
    [InlineData("zebra", new int[0])]
    [InlineData("", new int[0])]
    public void Names_spelled_alike_are_found_closest_first(string name, int[] closest) =>
        new SpellingIndex(["nick park", "nick parks", "aardman animations", "nicolas", "x"]).Closest(name).Should().Equal(closest);

    [Fact]
    public void A_quarter_of_the_letters_may_differ_and_no_more()
    {
        var names = new SpellingIndex(["abcdefgh"]);

        names.Closest("abcdefxy").Should().Equal(0);
        names.Closest("abcdexyz").Should().BeEmpty();
    }

    [Fact]
    public void A_name_itself_comes_first_among_many_like_it()
    {
        string[] names = [.. Enumerable.Range(1000, 500).Select(year => $"{year} olympics")];
        var index = new SpellingIndex(names);

        index.Closest("1234 olympics").First().Should().Be(234);
    }

    private static int Recursive(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length + right.Length;
        }

        int best = Math.Min(
            Recursive(left[..^1], right[..^1]) + (left[^1] == right[^1] ? 0 : 1),
            1 + Math.Min(Recursive(left[..^1], right), Recursive(left, right[..^1])));
        return left.Length > 1 && right.Length > 1 && left[^1] == right[^2] && left[^2] == right[^1]
            ? Math.Min(best, Recursive(left[..^2], right[..^2]) + 1)
            : best;
    }

    private static Arbitrary<(string Left, string Right)> Pairs()
    {
        Gen<string> word = Gen.Elements('a', 'b', 'c').ArrayOf().Where(letters => letters.Length <= 6).Select(letters => new string(letters));
        return (from left in word from right in word select (left, right)).ToArbitrary();
    }
}
