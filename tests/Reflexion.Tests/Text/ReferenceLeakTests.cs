using System.Collections.Immutable;

namespace Reflexion.Tests;

public class ReferenceLeakTests
{
    private const string Long = "one two three four five six seven eight nine";

    [Theory]
    [InlineData("The band is CREED.", "Creed", true)]
    [InlineData("It is an accredited band.", "Creed", false)]
    [InlineData("It was 'Alter-Bridge'", "alter bridge", true)]
    [InlineData("Alter the Bridge", "alter bridge", true)]
    [InlineData("Option B is meant.", "B", true)]
    [InlineData("That is a mistake.", "A", false)]
    [InlineData("Use + there.", "+", true)]
    [InlineData("Use it there.", "+", false)]
    [InlineData("anything", " ", false)]
    [InlineData("They say one, two, three, four, five, six, seven, eight.", Long, true)]
    [InlineData("They say two three four five six seven eight nine!", Long, true)]
    [InlineData("They say one two three four five six seven.", Long, false)]
    [InlineData("Say no more.", "no", true)]
    [InlineData("The sign is ∞ here.", "∞", true)]
    [InlineData("Look at 😀!", "😀", true)]
    public void A_quotation_is_found_whatever_its_case_and_punctuation(string text, string reference, bool expected) =>
        ReferenceLeak.IsIn(text, [reference]).Should().Be(expected);

    [Theory]
    [InlineData("Paris", "Where is it?", true)]
    [InlineData("Paris", "Is it Paris or Rome?", false)]
    [InlineData("Yes.", "Is it so?", false)]
    [InlineData("no", "Is it so?", false)]
    [InlineData("B", "Which one?", false)]
    [InlineData("42", "How many?", true)]
    public void A_reference_tells_something_unless_it_is_trivial_or_known(string reference, string known, bool expected) =>
        ReferenceLeak.IsTelling(reference, known).Should().Be(expected);

    [Fact]
    public void Any_of_several_references_counts() => ReferenceLeak.IsIn("It is Creed.", ["Alter Bridge", "Creed"]).Should().BeTrue();

    [Fact]
    public void Without_references_nothing_leaks()
    {
        ReferenceLeak.IsIn("Creed", []).Should().BeFalse();
        ReferenceLeak.IsIn("Creed", default).Should().BeFalse();
        ReferenceLeak.Withhold(" Creed.  Fine. ", []).Should().Be(" Creed.  Fine. ");
    }

    [Theory]
    [InlineData("Wrong. It is Creed! Look again.", "Wrong. Look again.")]
    [InlineData("Wrong\nIt is Creed\nLook again", "Wrong Look again")]
    [InlineData("It is Creed.", ReferenceLeak.Withheld)]
    [InlineData("Nothing of it.  Two spaces.", "Nothing of it.  Two spaces.")]
    public void Sentences_that_quote_are_left_out(string text, string expected) => ReferenceLeak.Withhold(text, ["Creed"]).Should().Be(expected);

    [Fact]
    public void A_quotation_across_sentences_withholds_everything()
    {
        ImmutableArray<string> references = ["St. Louis"];
        ReferenceLeak.Withhold("They went to St. Louis by train.", references).Should().Be(ReferenceLeak.Withheld);
        ReferenceLeak.IsIn(ReferenceLeak.Withheld, references).Should().BeFalse();
    }
}
