using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", new[] { "One.", "Two!", "Three?", "Four" })]
    [InlineData("He said \"Go.\" Then (he left.) Done...", new[] { "He said \"Go.\"", "Then (he left.)", "Done..." })]
    [InlineData("Dr. J. R. Smith of the U.S. Navy met Mrs. Lee. He left.", new[] { "Dr. J. R. Smith of the U.S. Navy met Mrs. Lee.", "He left." })]
    [InlineData("It opened c. 1850 and cost 1.5 million. In 1900 it closed.", new[] { "It opened c. 1850 and cost 1.5 million.", "In 1900 it closed." })]
    [InlineData("It ended World War I. Peace came.", new[] { "It ended World War I.", "Peace came." })]
    [InlineData("The firm ProSiebenSat.1 and yahoo.com grew. 7 left.", new[] { "The firm ProSiebenSat.1 and yahoo.com grew.", "7 left." })]
    [InlineData("Really?! Yes.", new[] { "Really?!", "Yes." })]
    [InlineData("He was big (approx. 2 m). \"Huge\", they said.", new[] { "He was big (approx. 2 m).", "\"Huge\", they said." })]
    [InlineData("Who is e.g. Ada? she asks.", new[] { "Who is e.g. Ada? she asks." })]
    [InlineData("東京は日本の首都です。人口は多い。", new[] { "東京は日本の首都です。", "人口は多い。" })]
    [InlineData("", new string[0])]
    [InlineData("  ", new string[0])]
    [InlineData(" . ", new[] { "." })]
    public void Sentences_end_where_readers_end_them(string paragraph, string[] sentences) => SentenceSplitter.Split(paragraph).Should().Equal(sentences);

    [Fact]
    public void Headings_and_blank_lines_are_left_out_and_lines_end_sentences() =>
        PageText.Sentences("A title\n\n== Early life ==\nBorn. Grew\r\n=== More ===\n====\nEnd").Should().Equal("A title", "Born.", "Grew", "====", "End");

    [Fact]
    public void Nothing_but_white_space_is_lost_and_no_sentence_is_blank() => Prop.ForAll(Paragraphs(), paragraph =>
    {
        string[] sentences = [.. SentenceSplitter.Split(paragraph)];
        return Visible(string.Concat(sentences)) == Visible(paragraph) && sentences.All(sentence => sentence.Trim() == sentence && sentence.Length > 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sentence_is_not_split_again() => Prop.ForAll(Paragraphs(), paragraph =>
        SentenceSplitter.Split(paragraph).All(sentence => SentenceSplitter.Split(sentence).SequenceEqual([sentence]))).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Paragraphs() => Gen.Elements(". ", "!", "? ", " ", "Dr", "J", "I", "word", "Word", "7", "\"", ")", "(", "。", "…", "U.S").ArrayOf()
        .Select(string.Concat).ToArbitrary();

    private static string Visible(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
