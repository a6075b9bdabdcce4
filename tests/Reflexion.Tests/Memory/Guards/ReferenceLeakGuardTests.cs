using static Reflexion.Tests.GuardTesting;

namespace Reflexion.Tests;

public sealed class ReferenceLeakGuardTests
{
    private readonly ReferenceLeakGuard _guard = new();

    [Theory]
    [InlineData("The answer is Chief of Protocol.", "Chief of Protocol")]
    [InlineData("I should answer CHIEF  OF\nPROTOCOL!", "the Chief of Protocol")]
    [InlineData("Say chief-of-protocol next time.", "Chief of Protocol")]
    [InlineData("Say Chief of Protocol next time.", "chief-of-protocol")]
    [InlineData("He lived in the US then.", "U.S.")]
    [InlineData("He lived in the U.S. then.", "US")]
    [InlineData("It was Beyonce.", "Beyoncé")]
    [InlineData("It was written 1969–1974 there.", "1969-1974")]
    [InlineData("Say 'House of an Anubis'.", "The House of Anubis")]
    [InlineData("There were 42 of them.", "42")]
    [InlineData("Say C++.", "C++")]
    [InlineData("答案是 東京 。", "東京")]
    public async Task A_quoted_reference_is_rejected_however_it_is_spelt(string lesson, string reference) =>
        (await _guard.InspectAsync(Context(lesson, ["nothing like it", reference]), default)).Should().Be("The lesson quotes reference answer 2 of 2.");

    [Theory]
    [InlineData("I looked at protocols of chiefs.", "Chief of Protocol")]
    [InlineData("I went to Romeo's house.", "Rome")]
    [InlineData("There were 421 of them.", "42")]
    [InlineData("It takes one chief, of protocol and others.", "chief protocol")]
    public async Task Other_words_are_no_quotation(string lesson, string reference) =>
        (await _guard.InspectAsync(Context(lesson, [reference]), default)).Should().BeNull();

    [Theory]
    [InlineData("yes")]
    [InlineData("No.")]
    [InlineData("TRUE")]
    [InlineData("false")]
    [InlineData("B")]
    [InlineData("7")]
    [InlineData("The")]
    [InlineData("?!")]
    [InlineData("")]
    public async Task References_that_tell_nothing_are_not_looked_for(string reference) =>
        (await _guard.InspectAsync(Context($"Say {reference} no yes true false B 7 the ?! a.", [reference]), default)).Should().BeNull();

    [Theory]
    [InlineData("10")]
    [InlineData("not")]
    [InlineData("yes and no")]
    public async Task Short_references_of_more_than_that_are_looked_for(string reference) =>
        (await _guard.InspectAsync(Context($"Say {reference}.", [reference]), default)).Should().NotBeNull();

    [Fact]
    public async Task What_the_instruction_says_itself_may_be_quoted() =>
        (await _guard.InspectAsync(Context("It is Pax, not Elle.", ["Elle"], "Which was first, Pax or ELLE?"), default)).Should().BeNull();

    [Fact]
    public async Task What_the_context_says_may_be_quoted_unless_told_otherwise()
    {
        LessonGuardContext context = Context("It is Elle.", ["Elle"], context: "Pax came after Elle.");

        (await _guard.InspectAsync(context, default)).Should().BeNull();
        (await new ReferenceLeakGuard { ContextExempts = false }.InspectAsync(context, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task The_plan_and_the_cause_are_looked_at_too()
    {
        (await _guard.InspectAsync(Context("Think.", ["Elle"], plan: "Say Elle."), default)).Should().NotBeNull();
        LessonGuardContext context = Context("Think.", ["Elle"]);
        (await _guard.InspectAsync(context with { Lesson = context.Lesson with { RootCause = "I missed Elle." } }, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task Words_do_not_run_together_across_the_parts_of_a_lesson() =>
        (await _guard.InspectAsync(Context("I looked at the chief", ["chief protocol"], plan: "protocol"), default))
            .Should().NotBeNull("parts are read one after the other, and being strict here is harmless");
}
