using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class LookupCursorTests
{
    private static readonly DocumentPage Page = new("T", ["A boat sails.", "No ship.", "The BOAT sinks.", "A naïve end."]);

    [Fact]
    public void It_goes_from_hit_to_hit_and_ends()
    {
        var cursor = new LookupCursor(Page);

        Enumerable.Range(0, 4).Select(_ => cursor.Next("boat")).Should().Equal(
            "(Result 1 / 2) A boat sails.", "(Result 2 / 2) The BOAT sinks.", "No more results.", "No more results.");
    }

    [Fact]
    public void Another_text_starts_from_the_top_and_so_does_coming_back()
    {
        var cursor = new LookupCursor(Page);

        cursor.Next("boat").Should().Be("(Result 1 / 2) A boat sails.");
        cursor.Next("NAIVE").Should().Be("(Result 1 / 1) A naïve end.");
        cursor.Next("boat").Should().Be("(Result 1 / 2) A boat sails.");
    }

    [Fact]
    public void The_same_text_in_another_spelling_goes_on()
    {
        var cursor = new LookupCursor(Page);

        cursor.Next("boat");

        cursor.Next(" Boat").Should().Be("(Result 2 / 2) The BOAT sinks.");
    }

    [Fact]
    public void A_text_that_is_nowhere_has_no_results() => new LookupCursor(Page).Next("train").Should().Be("No results.");

    [Fact]
    public void Every_sentence_that_holds_a_text_comes_once_in_order() => Prop.ForAll(Pages(), given =>
    {
        (string[] sentences, string text) = given;
        var cursor = new LookupCursor(new("T", sentences));
        string[] hits = [.. sentences.Where(sentence => sentence.Contains(text))];

        for (int i = 0; i < hits.Length; i++)
        {
            cursor.Next(text).Should().Be($"(Result {i + 1} / {hits.Length}) {hits[i]}");
        }

        return cursor.Next(text) == (hits.Length == 0 ? "No results." : "No more results.");
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(string[] Sentences, string Text)> Pages()
    {
        Gen<string> text = Gen.Elements('a', 'b').ArrayOf().Where(letters => letters.Length is > 0 and < 5).Select(letters => new string(letters));
        return (from sentences in text.ArrayOf() from wanted in text select (sentences, wanted)).ToArbitrary();
    }
}
