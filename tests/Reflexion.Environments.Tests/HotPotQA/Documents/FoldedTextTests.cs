using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Ferenc Plattkó", "ferenc plattko")]
    [InlineData("GESELLSCHAFT mit beschränkter  Haftung ", "gesellschaft mit beschrankter haftung")]
    [InlineData("  Nick_Park", "nick park")]
    [InlineData("2010–11 season", "2010-11 season")]
    [InlineData("3 − 1", "3 - 1")]
    [InlineData("Papa John’s “Pizza”", "papa johns pizza")]
    [InlineData("\"Wallace\" `and` 'Gromit'", "wallace and gromit")]
    [InlineData("ʻŌʻōkala", "ookala")]
    [InlineData("Łódź Straße Æon Œuvre Þór İzmir", "lodz strasse aeon oeuvre thor izmir")]
    [InlineData("Ρώμη Пётр", "ρωμη петр")]
    [InlineData("e\u0301cole", "ecole")]
    [InlineData("a\u200Bb\tc\r\nd", "ab c d")]
    [InlineData("", "")]
    [InlineData(" \"\" ", "")]
    [InlineData("東京", "東京")]
    public void Folding_takes_out_what_makes_no_difference(string text, string folded) => FoldedText.Of(text).Should().Be(folded);

    [Fact]
    public void Titles_may_hold_entities() => FoldedText.OfTitle("Wallace &amp; Gromit&#39;s &quot;Day&quot;").Should().Be("wallace & gromits day");

    [Fact]
    public void Folding_twice_is_folding_once() => Prop.ForAll<string?>(given =>
    {
        string folded = FoldedText.Of(given ?? "");
        return FoldedText.Of(folded) == folded;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_and_accents_of_any_letter_in_the_table_make_no_difference() =>
        "àÀçÇđĐéÉğĞíÍłŁñÑöÖřŘšŠťŤüÜýÝžŽ".Chunk(2).Should().OnlyContain(pair => FoldedText.Of(pair[0].ToString()) == FoldedText.Of(pair[1].ToString()));

    [Theory]
    [InlineData("Don't stop-it, René2!", new[] { "dont", "stop", "it", "rene2" })]
    [InlineData("...", new string[0])]
    [InlineData("", new string[0])]
    public void Words_are_runs_of_letters_and_digits(string text, string[] words) => Words.Of(text).Should().Equal(words);
}
