namespace Reflexion.Tests;

public class FencedPromptTests
{
    [Theory]
    [InlineData(0.5, false, "Score: 0.5 of 1. The task was not solved.\nFeedback: Wrong band.")]
    [InlineData(2.0 / 3, true, "Score: 0.67 of 1. The task was solved.\nFeedback: Wrong band.")]
    public void A_verdict_is_put_into_words(double score, bool success, string expected) =>
        FencedPrompt.Describe(new TrajectoryEvaluation(score, success, "Wrong band.") { Evidence = ["not shown"] }).Should().Be(expected);

    [Fact]
    public void A_missing_verdict_is_said_to_be_missing() => FencedPrompt.Describe((TrajectoryEvaluation?)null).Should().Be("The trial was not judged.");

    [Fact]
    public void Long_feedback_is_shortened() =>
        FencedPrompt.Describe(TrajectoryEvaluation.Failed(new string('f', 4_001))).Should().Contain(Excerpt.Of(new string('f', 4_001), 4_000));

    [Fact]
    public void Lessons_are_numbered_from_1() =>
        FencedPrompt.Describe([EvaluationSamples.Lesson(" one "), EvaluationSamples.Lesson("two")]).Should().Be("1. one\n2. two");

    [Fact]
    public void Sections_stand_apart_and_empty_ones_are_left_out() =>
        new FencedPrompt().Task(EvaluationSamples.Task with { Context = " " }, 200).Lessons([]).Lessons(default).Say("Go.").ToString()
            .Should().Be("<task>\nWhich band did Scott Stapp front?\n</task>\n\nGo.");

    [Fact]
    public void A_long_context_is_shortened() =>
        new FencedPrompt().Task(EvaluationSamples.Task with { Context = new string('c', 300) }, 200).ToString()
            .Should().Contain("<context>\n" + Excerpt.Of(new string('c', 300), 200) + "\n</context>");
}
