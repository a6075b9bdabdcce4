namespace Reflexion.Tests;

public class ClipTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("One two. Three four five", 12, "One two.")]
    [InlineData("A. bcd efg hij klm", 12, "A. bcd efg")]
    [InlineData("abcdefghijklmnop", 10, "abcdefghij")]
    [InlineData("abcdefghi😀x", 10, "abcdefghi")]
    public void Text_is_cut_at_a_sentence_else_a_word_else_where_it_must(string text, int limit, string cut) =>
        Clip.AtBoundary(text, limit).Should().Be(cut);
}
