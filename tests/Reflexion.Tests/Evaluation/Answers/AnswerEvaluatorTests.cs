namespace Reflexion.Tests;

public class AnswerEvaluatorTests
{
    [Theory]
    [InlineData("the CREED", 1, true, "The answer is correct.")]
    [InlineData("Alter Bridge", 0, false, "The answer is incorrect.")]
    [InlineData(" ", 0, false, "No answer was given.")]
    [InlineData(null, 0, false, "No answer was given.")]
    public async Task Exact_match_is_all_or_nothing(string? answer, double score, bool success, string feedback)
    {
        TrajectoryEvaluation verdict = await new ExactMatchEvaluator().EvaluateAsync(EvaluationSamples.Answered(answer), "Scott", "Creed");
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((score, success, feedback));
    }

    [Theory]
    [InlineData(1, "Creed", 1, true, "The answer is correct.")]
    [InlineData(1, "the band Creed", 2.0 / 3, false, "The answer is partly right: some of its words are the ones looked for, others are wrong or missing.")]
    [InlineData(0.6, "the band Creed", 2.0 / 3, true, "The answer is correct.")]
    [InlineData(0.7, "the band Creed", 2.0 / 3, false, "The answer is partly right: some of its words are the ones looked for, others are wrong or missing.")]
    [InlineData(0.5, "Alter Bridge", 0, false, "The answer is incorrect.")]
    [InlineData(0.5, "", 0, false, "No answer was given.")]
    public async Task Token_F1_counts_as_solved_from_its_threshold(double threshold, string answer, double score, bool success, string feedback)
    {
        TrajectoryEvaluation verdict = await new TokenF1Evaluator(threshold).EvaluateAsync(EvaluationSamples.Answered(answer), "Creed", "Elsewhere");
        verdict.Score.Should().BeApproximately(score, 1e-12);
        (verdict.Success, verdict.Feedback).Should().Be((success, feedback));
    }

    [Fact]
    public async Task Token_F1_needs_full_agreement_by_default() =>
        (await new TokenF1Evaluator().EvaluateAsync(EvaluationSamples.Answered("the band Creed"), "Creed")).Success.Should().BeFalse();

    [Fact]
    public async Task Without_references_the_error_says_where_to_pass_them()
    {
        foreach (ITrajectoryEvaluator evaluator in (ITrajectoryEvaluator[])[new ExactMatchEvaluator(), new TokenF1Evaluator()])
        {
            (await FluentActions.Awaiting(() => evaluator.EvaluateAsync(EvaluationSamples.Answered("Creed"))).Should().ThrowAsync<MissingReferencesException>())
                .WithMessage($"{evaluator.GetType().Name} compares with reference answers, and none were given for task 't1'. Pass them in EpisodeOptions.References, or use an evaluator that needs none.");
        }

        EvaluationContext unset = EvaluationSamples.Judged(EvaluationSamples.Answered("Creed")) with { References = default };
        await FluentActions.Awaiting(() => new ExactMatchEvaluator().EvaluateAsync(unset, CancellationToken.None).AsTask()).Should().ThrowAsync<MissingReferencesException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void A_threshold_outside_its_range_is_refused(double threshold)
    {
        FluentActions.Invoking(() => new TokenF1Evaluator(threshold)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threshold)).WithMessage("*lies in (0,1]*");
        FluentActions.Invoking(() => new EnvironmentRewardEvaluator(threshold)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threshold));
    }

    [Fact]
    public async Task Feedback_never_depends_on_the_words_of_the_reference()
    {
        string[] known = [AnswerFeedback.None, AnswerFeedback.Correct, AnswerFeedback.Incorrect, AnswerFeedback.Partial];
        string[] answers = ["Creed", "the band Creed", "yes", "2004", "the", "", "Creed Bridge 2004"];
        foreach (ITrajectoryEvaluator evaluator in (ITrajectoryEvaluator[])[new ExactMatchEvaluator(), new TokenF1Evaluator(0.5)])
        {
            foreach ((string answer, string reference) in answers.SelectMany(_ => answers, (answer, reference) => (answer, reference)))
            {
                TrajectoryEvaluation verdict = await evaluator.EvaluateAsync(EvaluationSamples.Answered(answer), reference);
                known.Should().Contain(verdict.Feedback);
                verdict.Evidence.Should().BeEmpty();
            }
        }
    }

    [Fact]
    public async Task A_null_context_is_refused()
    {
        foreach (ITrajectoryEvaluator evaluator in (ITrajectoryEvaluator[])[new ExactMatchEvaluator(), new TokenF1Evaluator(), new EnvironmentRewardEvaluator(), new HeuristicEvaluator()])
        {
            await FluentActions.Awaiting(() => evaluator.EvaluateAsync(null!, CancellationToken.None).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        }
    }
}
