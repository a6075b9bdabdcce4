using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class ExcerptTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_text_that_is_short_enough_stays_itself(int length)
    {
        string text = new('x', length);

        Excerpt.Of(text, 40).Should().BeSameAs(text);
    }

    [Fact]
    public void A_long_text_keeps_head_and_tail_and_says_how_much_is_gone()
    {
        string text = new string('a', 100) + new string('b', 100);

        Excerpt.Of(text, 80).Should().Be($"{new string('a', 26)}… [148 characters omitted] …{new string('b', 26)}");
    }

    [Fact]
    public void One_character_too_many_is_enough_to_shorten()
    {
        Excerpt.Of(new string('x', 41), 40).Should().Be("xxxxxxx… [28 characters omitted] …xxxxxx");
    }

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("abcdef", 0, "")]
    [InlineData("a😀b", 2, "a")]
    [InlineData("a😀b", 3, "a😀")]
    public void A_limit_without_room_for_the_mark_keeps_the_head(string text, int limit, string expected) => Excerpt.Of(text, limit).Should().Be(expected);

    [Fact]
    public void An_excerpt_is_within_its_limit_counts_right_and_tears_no_character_apart()
    {
        var texts = Gen.Elements("a", "é", "😀", "\n", "漢").ListOf().Resize(300).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), Gen.Choose(40, 200).ToArbitrary(), (text, limit) =>
        {
            string excerpt = Excerpt.Of(text, limit);
            if (text.Length <= limit)
            {
                return excerpt == text;
            }

            Match mark = Regex.Match(excerpt, @"^(.*)… \[(\d+) characters omitted\] …(.*)$", RegexOptions.Singleline);
            string head = mark.Groups[1].Value;
            string tail = mark.Groups[3].Value;
            int omitted = int.Parse(mark.Groups[2].Value, CultureInfo.InvariantCulture);
            return excerpt.Length <= limit
                && text.StartsWith(head, StringComparison.Ordinal) && text.EndsWith(tail, StringComparison.Ordinal)
                && head.Length + omitted + tail.Length == text.Length
                && !char.IsHighSurrogate(head[^1]) && !char.IsLowSurrogate(tail[0]);
        }).QuickCheckThrowOnFailure();
    }
}
