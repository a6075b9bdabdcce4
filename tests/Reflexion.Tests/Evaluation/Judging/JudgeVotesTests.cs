using Reflexion.Testing;

namespace Reflexion.Tests;

public class JudgeVotesTests
{
    [Fact]
    public async Task The_majority_decides_on_success_and_its_nearest_vote_speaks()
    {
        TrajectoryEvaluation verdict = await CountAsync(new(), Vote(0, false, "poor"), Vote(0.8, true, "good"), Vote(1, true, "perfect"));
        verdict.Success.Should().BeTrue();
        verdict.Score.Should().BeApproximately(0.6, 1e-12);
        verdict.Feedback.Should().Be("good");
        verdict.Evidence.Should().Equal("quote of good", "vote 1: 0, not solved", "vote 2: 0.8, solved", "vote 3: 1, solved");
    }

    [Fact]
    public async Task A_tie_is_no_success()
    {
        TrajectoryEvaluation verdict = await CountAsync(new(), Vote(1, true, "yes"), Vote(0, false, "no"));
        (verdict.Success, verdict.Score, verdict.Feedback).Should().Be((false, 0.5, "no"));
    }

    [Theory]
    [InlineData(VoteAggregation.Mean, 0.4)]
    [InlineData(VoteAggregation.Median, 0.1)]
    public async Task Scores_of_an_odd_number_are_aggregated_as_asked(VoteAggregation aggregation, double score) =>
        (await CountAsync(new() { Aggregation = aggregation }, Vote(1, true, "a"), Vote(0.1, false, "b"), Vote(0.1, false, "c"))).Score.Should().BeApproximately(score, 1e-12);

    [Fact]
    public async Task The_median_of_an_even_number_is_the_mean_of_the_middle_two() =>
        (await CountAsync(new() { Aggregation = VoteAggregation.Median }, Vote(1, true, "a"), Vote(0.5, true, "b"), Vote(0.25, false, "c"), Vote(0, false, "d"))).Score.Should().Be(0.375);

    [Fact]
    public async Task A_vote_that_cannot_be_read_abstains()
    {
        TrajectoryEvaluation verdict = await CountAsync(new(), "what?", Vote(1, true, "yes"), Vote(0.5, true, "well"));
        (verdict.Success, verdict.Score).Should().Be((true, 0.75));
        verdict.Evidence.Should().Contain("vote 1: abstained, since it holds no JSON object");
    }

    [Fact]
    public async Task If_all_abstain_there_is_no_verdict() =>
        (await FluentActions.Awaiting(() => CountAsync(new(), "what?", "why?")).Should().ThrowAsync<JudgeVerdictException>()).WithMessage("None of the judge's 2 vote(s)*it holds no JSON object*");

    [Fact]
    public async Task Feedback_and_quotations_that_repeat_the_reference_are_withheld()
    {
        const string Reply = """{"score": 0, "success": false, "feedback": "It never looked at the albums. The band is creed! Search again.", "evidence": ["He fronted Creed.", "Finish[Alter Bridge]"]}""";
        TrajectoryEvaluation verdict = await new LlmJudgeEvaluator(new ScriptedChatClient(Reply)).EvaluateAsync(EvaluationSamples.Searched, "Creed");
        verdict.Feedback.Should().Be("It never looked at the albums. Search again.");
        verdict.Evidence.Should().Equal("Finish[Alter Bridge]");
    }

    [Fact]
    public async Task Withholding_needs_no_showing()
    {
        var client = new ScriptedChatClient("""{"score": 0, "feedback": "It is Creed."}""");
        (await new LlmJudgeEvaluator(client, new() { ShowReference = false }).EvaluateAsync(EvaluationSamples.Searched, "Creed")).Feedback
            .Should().Be("The feedback quoted the reference answer and is withheld.");
    }

    [Fact]
    public async Task Votes_are_asked_for_at_once()
    {
        var client = new GatedClient(3);
        TrajectoryEvaluation verdict = await new LlmJudgeEvaluator(client, new() { Votes = 3 }).EvaluateAsync(EvaluationSamples.Searched);
        verdict.Score.Should().Be(1);
    }

    private static string Vote(double score, bool success, string feedback) =>
        FormattableString.Invariant($$"""{"score": {{score}}, "success": {{(success ? "true" : "false")}}, "feedback": "{{feedback}}", "evidence": ["quote of {{feedback}}"]}""");

    // Told apart by the seed, so that the order in which the votes come in does not matter.
    private static async Task<TrajectoryEvaluation> CountAsync(JudgeOptions options, params string[] replies)
    {
        var client = new ScriptedChatClient().Otherwise(request => replies[(int)request.Options!.Seed!.Value]);
        return await new LlmJudgeEvaluator(client, options with { Votes = replies.Length, ChatOptions = new() { Seed = 0 } }).EvaluateAsync(EvaluationSamples.Searched);
    }
}
