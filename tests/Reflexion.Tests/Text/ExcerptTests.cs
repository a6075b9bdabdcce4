using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class ExcerptTests
{
    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc [... 1 characters left out ...] efg")]
    [InlineData("abcdefghij", 5, "ab [... 5 characters left out ...] hij")]
    [InlineData("abc", 0, " [... 3 characters left out ...] ")]
    [InlineData("a😀bcdefg😀h", 4, "a [... 10 characters left out ...] h")]
    public void The_beginning_and_the_end_stay(string text, int max, string expected) => Excerpt.HeadAndTail(text, max).Should().Be(expected);

    [Fact]
    public void An_excerpt_is_bounded_and_well_formed() => Prop.ForAll(
        Gen.Elements("a", "😀", " ").ListOf().Select(list => string.Concat(list)).ToArbitrary(),
        Gen.Choose(0, 20).ToArbitrary(),
        (text, max) =>
        {
            string excerpt = Excerpt.HeadAndTail(text, max);
            return excerpt.Length <= max + 60 && excerpt.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
        }).QuickCheckThrowOnFailure();
}
