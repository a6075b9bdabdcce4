namespace Reflexion.Tests;

public sealed class LessonLifecycleTests
{
    [Theory]
    [InlineData(LessonState.Candidate, 0, 0, 0.0, LessonState.Candidate)]
    [InlineData(LessonState.Candidate, 1, 0, 0.0, LessonState.Probation)]
    [InlineData(LessonState.Probation, 4, 4, 4.0, LessonState.Probation)]
    [InlineData(LessonState.Probation, 5, 5, 5.0, LessonState.Promoted)]
    [InlineData(LessonState.Probation, 4, 4, -4.0, LessonState.Probation)]
    [InlineData(LessonState.Probation, 5, 5, -5.0, LessonState.Retired)]
    [InlineData(LessonState.Candidate, 5, 5, -5.0, LessonState.Retired)]
    [InlineData(LessonState.Promoted, 9, 9, -9.0, LessonState.Retired)]
    [InlineData(LessonState.Promoted, 9, 9, 0.1, LessonState.Promoted)]
    [InlineData(LessonState.Promoted, 9, 9, 0.0, LessonState.Probation)]
    [InlineData(LessonState.Probation, 9, 9, 0.1, LessonState.Probation)]
    [InlineData(LessonState.Retired, 99, 99, 99.0, LessonState.Retired)]
    public void Credit_moves_a_lesson(LessonState state, int uses, int credited, double total, LessonState next) =>
        LessonLifecycle.Next(state, new(uses, credited, total)).Should().Be(next);

    [Fact]
    public void The_lines_are_options()
    {
        var credit = new LessonCredit(3, 2, 0.5);

        LessonLifecycle.Next(LessonState.Candidate, credit, new() { ProbationAfter = 4 }).Should().Be(LessonState.Candidate);
        LessonLifecycle.Next(LessonState.Candidate, credit, new() { MinimumCreditedUses = 2, ConfidenceQuantile = 0, PromoteAbove = 0.24 }).Should().Be(LessonState.Promoted);
        LessonLifecycle.Next(LessonState.Candidate, credit, new() { MinimumCreditedUses = 2, ConfidenceQuantile = 0, PromoteAbove = 0.25 }).Should().Be(LessonState.Probation);
        LessonLifecycle.Next(LessonState.Candidate, credit, new() { MinimumCreditedUses = 2, ConfidenceQuantile = 0, PromoteAbove = 0.26, RetireBelow = 0.26 })
            .Should().Be(LessonState.Retired);
    }

    // Wilson's interval of 81 successes in 263 trials with 1.96 is [0.2553, 0.3662] (Newcombe, 1998, table I); of 0 in 20, [0, 0.1611].
    [Theory]
    [InlineData(263, 81, 0.2553, 0.3662)]
    [InlineData(20, 0, 0.0, 0.1611)]
    [InlineData(148, 15, 0.0624, 0.1605)]
    [InlineData(29, 1, 0.0061, 0.1718)]
    public void The_bounds_are_wilsons_mapped_to_changes_in_return(int trials, int successes, double lower, double upper)
    {
        (double low, double high) = LessonLifecycle.MeanInterval(new(trials, trials, (2.0 * successes) - trials), 1.959964);

        ((low + 1) / 2).Should().BeApproximately(lower, 0.00005);
        ((high + 1) / 2).Should().BeApproximately(upper, 0.00005);
    }

    [Fact]
    public void Nothing_is_known_before_the_first_credited_use() =>
        LessonLifecycle.MeanInterval(new(3, 0, 0), 1.645).Should().Be((-1, 1));

    [Fact]
    public void Bounds_close_in_on_the_mean()
    {
        double before = 2;
        for (int uses = 1; uses < 10_000; uses *= 3)
        {
            (double lower, double upper) = LessonLifecycle.MeanInterval(new(uses, uses, 0.3 * uses), 1.645);
            lower.Should().BeLessThan(0.3);
            upper.Should().BeGreaterThan(0.3);
            (upper - lower).Should().BeLessThan(before);
            before = upper - lower;
        }
    }
}
