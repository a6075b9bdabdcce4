using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class AnswerMetricsTests
{
    private static readonly Arbitrary<string> Answers = Gen
        .Elements("the", "a", "yes", "no", "Creed", "creed", "band", "2004", "!", "noanswer", "Ünïted")
        .ListOf().Select(words => string.Join(' ', words)).ToArbitrary();

    [Theory]
    [InlineData("The Creed", "creed!", true)]
    [InlineData("Creed", "Creed band", false)]
    [InlineData(null, "", false)]
    [InlineData("the", "a", true)]
    [InlineData("", "Creed", false)]
    public void Exact_match_compares_normal_forms(string? answer, string reference, bool expected) =>
        AnswerMetrics.ExactMatch(answer, reference).Should().Be(expected);

    [Theory]
    [InlineData("Scott Stapp of Creed", "Creed", 0.25, 1, 0.4)]
    [InlineData("Creed", "the band Creed", 1, 0.5, 2.0 / 3)]
    [InlineData("new new york", "new york york", 2.0 / 3, 2.0 / 3, 2.0 / 3)]
    [InlineData("Creed", "Alter Bridge", 0, 0, 0)]
    [InlineData("the", "an", 1, 1, 1)]
    [InlineData("the", "Creed", 0, 0, 0)]
    [InlineData("Creed", "the", 0, 0, 0)]
    [InlineData(null, "Creed", 0, 0, 0)]
    public void Token_metrics_count_shared_tokens(string? answer, string reference, double precision, double recall, double f1)
    {
        AnswerMetrics.Precision(answer, reference).Should().BeApproximately(precision, 1e-12);
        AnswerMetrics.Recall(answer, reference).Should().BeApproximately(recall, 1e-12);
        AnswerMetrics.F1(answer, reference).Should().BeApproximately(f1, 1e-12);
    }

    [Theory]
    [InlineData("yes", "yes it is")]
    [InlineData("no way", "no")]
    [InlineData("noanswer", "noanswer given")]
    [InlineData("Yes.", "no yes")]
    public void Yes_no_and_noanswer_are_never_partly_right(string answer, string reference)
    {
        AnswerMetrics.F1(answer, reference).Should().Be(0);
        AnswerMetrics.Precision(answer, reference).Should().Be(0);
        AnswerMetrics.Recall(answer, reference).Should().Be(0);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("No.")]
    public void Yes_and_no_match_themselves(string answer) => AnswerMetrics.F1(answer, answer).Should().Be(1);

    [Fact]
    public void The_best_of_several_references_counts()
    {
        AnswerMetrics.ExactMatch("creed", ["Alter Bridge", "Creed"]).Should().BeTrue();
        AnswerMetrics.ExactMatch("creed", []).Should().BeFalse();
        AnswerMetrics.F1("the band Creed", ["Alter Bridge", "Creed", "band"]).Should().BeApproximately(2.0 / 3, 1e-12);
        AnswerMetrics.F1("Creed", []).Should().Be(0);
    }

    [Fact]
    public void F1_is_symmetric_and_lies_between_0_and_1() => Prop.ForAll(Answers, Answers, (a, b) =>
    {
        double f1 = AnswerMetrics.F1(a, b);
        return f1 is >= 0 and <= 1 && f1 == AnswerMetrics.F1(b, a) && AnswerMetrics.Precision(a, b) == AnswerMetrics.Recall(b, a);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Exact_match_means_an_F1_of_1() =>
        Prop.ForAll(Answers, Answers, (a, b) => !AnswerMetrics.ExactMatch(a, b) || AnswerMetrics.F1(a, b) == 1).QuickCheckThrowOnFailure();

    [Fact]
    public void An_answer_matches_itself() =>
        Prop.ForAll<NonNull<string>>(text => AnswerMetrics.ExactMatch(text.Get, text.Get) && AnswerMetrics.F1(text.Get, text.Get) == 1)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Null_references_are_refused()
    {
        FluentActions.Invoking(() => AnswerMetrics.ExactMatch("x", (string)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => AnswerMetrics.ExactMatch("x", (IEnumerable<string>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => AnswerMetrics.F1("x", (string)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => AnswerMetrics.F1("x", (IEnumerable<string>)null!)).Should().Throw<ArgumentNullException>();
    }
}
