using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class AnswerNormalizerTests
{
    // Computed with HotPotQA's own Python (hotpot_evaluate_v1.py, normalize_answer).
    [Theory]
    [InlineData("The \"Eiffel\" Tower!", "eiffel tower")]
    [InlineData("An apple, a day", "apple day")]
    [InlineData("theatre of another land", "theatre of another land")]
    [InlineData("THE THE the", "")]
    [InlineData("A.B.C. and the U.S.A.", "abc and usa")]
    [InlineData("rock-and-roll", "rockandroll")]
    [InlineData("l\u2019an du the", "l\u2019 du")]
    [InlineData("\u201cthe\u201d quoted", "\u201c \u201d quoted")]
    [InlineData("the_end", "theend")]
    [InlineData("a\u0301 la the\u0301", "\u0301 la \u0301")]
    [InlineData("\u0130stanbul THE", "i\u0307stanbul")]
    [InlineData("\u039f\u0394\u039f\u03a3 a", "\u03bf\u03b4\u03bf\u03c2")]
    [InlineData("\u039f\u0394\u039f\u03a3. \u03a3A\u03a3\u03a3", "\u03bf\u03b4\u03bf\u03c2 \u03c3a\u03c3\u03c2")]
    [InlineData("\u03a3", "\u03c3")]
    [InlineData("A\u03a3\u0301", "a\u03c2\u0301")]
    [InlineData("x\u00a0the\u2003y\u001cz\u0085an\u3000q", "x y z q")]
    [InlineData("the\u00bd an\u2160", "the\u00bd an\u2170")]
    [InlineData("\U00010400the", "\U00010428the")]
    [InlineData("\U0001f600 the \U0001f600", "\U0001f600 \U0001f600")]
    [InlineData("$5,000.00", "500000")]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("!?", "")]
    [InlineData("a\u200bthe", "\u200b")]
    [InlineData("Gesellschaft mit beschr\u00e4nkter Haftung", "gesellschaft mit beschr\u00e4nkter haftung")]
    [InlineData("1\u00b2 a\u00b2", "1\u00b2 a\u00b2")]
    [InlineData("\u212aelvin the", "kelvin")]
    [InlineData("the\u0660", "the\u0660")]
    [InlineData("it's a 'the'", "its")]
    [InlineData("a-the", "athe")]
    [InlineData("a^b`c|d~e", "abcde")]
    [InlineData("Stra\u00dfe THE", "stra\u00dfe")]
    [InlineData("\u1e9e", "\u00df")]
    public void Normal_forms_equal_those_of_the_benchmark_script(string text, string expected) =>
        AnswerNormalizer.Normalize(text).Should().Be(expected);

    [Fact]
    public void Exactly_pythons_punctuation_is_removed()
    {
        string ascii = new([.. Enumerable.Range(33, 94).Select(code => (char)code)]);
        string removed = new([.. ascii.Where(c => AnswerNormalizer.Normalize($"x{c}x") == "xx")]);
        removed.Should().Be("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    }

    [Fact]
    public void Normalising_twice_changes_nothing() =>
        Prop.ForAll<NonNull<string>>(text => AnswerNormalizer.Normalize(AnswerNormalizer.Normalize(text.Get)) == AnswerNormalizer.Normalize(text.Get))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Half_a_surrogate_pair_is_kept() => AnswerNormalizer.Normalize("the \ud800 x").Should().Be("\ud800 x");

    [Fact]
    public void Null_is_refused() => FluentActions.Invoking(() => AnswerNormalizer.Normalize(null!)).Should().Throw<ArgumentNullException>();
}
