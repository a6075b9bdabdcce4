using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class LlmJudgeEvaluatorTests
{
    private const string Good = """{"evidence": ["He fronted Creed."], "feedback": "It named the later band.", "score": 0.25, "success": false}""";

    [Fact]
    public async Task A_clean_verdict_is_taken_over()
    {
        var client = new ScriptedChatClient(Good);
        TrajectoryEvaluation verdict = await new LlmJudgeEvaluator(client).EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((0.25, false, "It named the later band."));
        verdict.Evidence.Should().Equal("He fronted Creed.");
        client.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("```json\n{'score': 0.75, 'success': True, 'feedback': 'Fine.',}\n```", 0.75, true, "Fine.")]
    [InlineData("<think>{\"score\": 0}</think>{score: 1, success: yes, feedback: \"Fine.\"}", 1, true, "Fine.")]
    [InlineData("""{"score": "0.5", "success": false, "feedback": "It was cut o""", 0.5, false, "It was cut o")]
    [InlineData("""{"score": 0.7}""", 0.7, true, "The judge gave a score of 0.7 and no reason.")]
    [InlineData("""{"score": 0.69, "feedback": " "}""", 0.69, false, "The judge gave a score of 0.69 and no reason.")]
    [InlineData("""{"score": 0.9, "success": false, "feedback": "Nearly."}""", 0.9, false, "Nearly.")]
    [InlineData("""A draft: {"score": 0.5, "feedback": "a"} and the verdict: {"score": 0.5, "feedback": "b"}""", 0.5, false, "b")]
    public async Task A_malformed_verdict_is_repaired_without_another_call(string reply, double score, bool success, string feedback)
    {
        TrajectoryEvaluation verdict = await new LlmJudgeEvaluator(new ScriptedChatClient(reply)).EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((score, success, feedback));
    }

    [Theory]
    [InlineData("I think it is wrong.", "it holds no JSON object")]
    [InlineData("", "it holds no JSON object")]
    [InlineData("""{"success": true, "feedback": "x"}""", "the JSON object has no \"score\"")]
    [InlineData("""{"feedback": "x", "score": 0.""", "the JSON object has no \"score\"")]
    [InlineData("""{"score": 7}""", "the score is not a number from 0 to 1")]
    [InlineData("""{"score": -0.1}""", "the score is not a number from 0 to 1")]
    [InlineData("""{"score": "high"}""", "the score is not a number from 0 to 1")]
    [InlineData("""The record says {"score": 1, "success": true}. I say {"score": 0, "success": false}.""", "it holds several verdicts that differ")]
    [InlineData("""{"score": 0.5, "success": true} {"score": 0.5, "success": false}""", "it holds several verdicts that differ")]
    public async Task An_unreadable_verdict_is_asked_for_once_more(string reply, string error)
    {
        var client = new ScriptedChatClient(reply, Good);
        (await new LlmJudgeEvaluator(client).EvaluateAsync(EvaluationSamples.Searched)).Score.Should().Be(0.25);
        client.Requests.Should().HaveCount(2);
        client.Requests[1].Messages.Should().HaveCount(4);
        client.Requests[1].Messages.Take(2).Select(message => message.Text).Should().Equal(client.Requests[0].Messages.Select(message => message.Text));
        (client.Requests[1].Messages[2].Role, client.Requests[1].Messages[2].Text).Should().Be((ChatRole.Assistant, reply));
        (client.Requests[1].Messages[3].Role, client.Requests[1].Last).Should().Be((ChatRole.User,
            $"That reply could not be used: {error}. Reply again with exactly one JSON object with the fields evidence, feedback, score and success, and nothing else. The score is a number from 0 (fails every criterion) to 1 (meets every criterion)."));
    }

    [Fact]
    public async Task Without_a_single_verdict_the_error_says_what_to_do()
    {
        var client = new ScriptedChatClient().Then("no").Then("""{"score": 2}""");
        (await FluentActions.Awaiting(() => new LlmJudgeEvaluator(client).EvaluateAsync(EvaluationSamples.Searched)).Should().ThrowAsync<JudgeVerdictException>()).WithMessage(
            "None of the judge's 1 vote(s) could be read as a verdict; of the last reply, the score is not a number from 0 to 1. Raise ChatOptions.MaxOutputTokens if replies are cut off, set JudgeOptions.Format to JsonSchema, or use a stronger model.");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0.5)]
    [InlineData(5, 1)]
    public async Task Grades_are_mapped_to_scores(int grade, double score)
    {
        var client = new ScriptedChatClient($$"""{"score": {{grade}}, "feedback": "f"}""");
        (await new LlmJudgeEvaluator(client, new() { ScalePoints = 5 }).EvaluateAsync(EvaluationSamples.Searched)).Score.Should().Be(score);
        client.Requests[0].System.Should().Contain("SCORE is a whole number from 1 (fails every criterion) to 5 (meets every criterion).");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Grades_off_the_scale_are_asked_for_again(int grade)
    {
        var client = new ScriptedChatClient($$"""{"score": {{grade}}}""", """{"score": 5}""");
        (await new LlmJudgeEvaluator(client, new() { ScalePoints = 5 }).EvaluateAsync(EvaluationSamples.Searched)).Score.Should().Be(1);
        client.Requests[1].Last.Should().Contain("the score is not a number from 1 to 5");
    }

    [Fact]
    public async Task Calls_are_counted_as_the_component_asked_for()
    {
        EvaluationContext context = EvaluationSamples.Judged(EvaluationSamples.Searched);
        await new LlmJudgeEvaluator(new ScriptedChatClient("no", Good)).EvaluateAsync(context, CancellationToken.None);
        await new LlmJudgeEvaluator(new ScriptedChatClient(Good), new() { Component = AgentComponent.HeldOutEvaluator }).EvaluateAsync(context, CancellationToken.None);
        UsageReport usage = context.Run.Ledger.Snapshot();
        usage.ByComponent.Keys.Should().Equal(AgentComponent.Evaluator, AgentComponent.HeldOutEvaluator);
        usage.ByComponent.Values.Select(used => used.Calls).Should().Equal(2, 1);
    }

    [Fact]
    public async Task The_budget_covers_the_votes()
    {
        var run = new EpisodeRun(ledger: new(new() { MaxModelCalls = 2 }));
        var judge = new LlmJudgeEvaluator(new ScriptedChatClient().Otherwise(_ => Good), new() { Votes = 3 });
        await FluentActions.Awaiting(() => judge.EvaluateAsync(EvaluationSamples.Judged(EvaluationSamples.Searched) with { Run = run }, CancellationToken.None).AsTask())
            .Should().ThrowAsync<BudgetExhaustedException>();
    }

    [Fact]
    public async Task Options_are_cloned_and_the_seed_differs_by_vote()
    {
        var options = new ChatOptions { Temperature = 0.5f, Seed = 7, ModelId = "m" };
        var client = new ScriptedChatClient().Otherwise(_ => Good);
        await new LlmJudgeEvaluator(client, new() { ChatOptions = options, Votes = 3, Format = JudgeFormat.Json }).EvaluateAsync(EvaluationSamples.Searched);
        client.Requests.Select(request => request.Options!.Seed).Should().BeEquivalentTo([7L, 8L, 9L]);
        client.Requests.Should().OnlyContain(request => request.Options!.Temperature == 0.5f && request.Options.ModelId == "m" && request.Options.ResponseFormat == ChatResponseFormat.Json);
        (options.Seed, options.ResponseFormat).Should().Be((7, null));
    }

    [Fact]
    public async Task The_reply_format_is_the_one_asked_for()
    {
        var client = new ScriptedChatClient().Otherwise(_ => Good);
        await new LlmJudgeEvaluator(client).EvaluateAsync(EvaluationSamples.Searched);
        await new LlmJudgeEvaluator(client, new() { ChatOptions = new() { ResponseFormat = ChatResponseFormat.Text } }).EvaluateAsync(EvaluationSamples.Searched);
        await new LlmJudgeEvaluator(client, new() { Format = JudgeFormat.JsonSchema }).EvaluateAsync(EvaluationSamples.Searched);
        client.Requests[0].Options!.ResponseFormat.Should().BeNull();
        client.Requests[0].Options!.Seed.Should().BeNull();
        client.Requests[1].Options!.ResponseFormat.Should().Be(ChatResponseFormat.Text);
        ChatResponseFormatJson schema = client.Requests[2].Options!.ResponseFormat.Should().BeOfType<ChatResponseFormatJson>().Subject;
        schema.SchemaName.Should().Be("verdict");
        schema.Schema!.Value.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Should().Equal("evidence", "feedback", "score", "success");
    }

    [Fact]
    public async Task Long_quotations_are_shortened_and_many_cut_off()
    {
        string reply = $$"""{"score": 1, "evidence": ["{{new string('q', 501)}}", {{string.Join(',', Enumerable.Range(1, 9).Select(i => $"\"{i}\""))}}]}""";
        (await new LlmJudgeEvaluator(new ScriptedChatClient(reply)).EvaluateAsync(EvaluationSamples.Searched)).Evidence
            .Should().Equal(Excerpt.Of(new string('q', 501), 500), "1", "2", "3", "4", "5", "6", "7");
    }

    [Fact]
    public async Task A_failing_model_is_an_error_and_not_a_verdict()
    {
        var client = new ScriptedChatClient().Then(_ => throw new HttpRequestException("down"));
        await FluentActions.Awaiting(() => new LlmJudgeEvaluator(client).EvaluateAsync(EvaluationSamples.Searched)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Refuses<ArgumentException>(new() { Criteria = [] }, nameof(JudgeOptions.Criteria));
        Refuses<ArgumentException>(new() { Criteria = default }, nameof(JudgeOptions.Criteria));
        Refuses<ArgumentException>(new() { Criteria = ["a", " "] }, nameof(JudgeOptions.Criteria));
        Refuses<ArgumentException>(new() { Component = AgentComponent.Actor }, nameof(JudgeOptions.Component));
        Refuses<ArgumentOutOfRangeException>(new() { ScalePoints = 1 }, nameof(JudgeOptions.ScalePoints));
        Refuses<ArgumentOutOfRangeException>(new() { ScalePoints = 101 }, nameof(JudgeOptions.ScalePoints));
        Refuses<ArgumentOutOfRangeException>(new() { Votes = 0 }, nameof(JudgeOptions.Votes));
        Refuses<ArgumentOutOfRangeException>(new() { Votes = 100 }, nameof(JudgeOptions.Votes));
        Refuses<ArgumentOutOfRangeException>(new() { SuccessThreshold = 0 }, nameof(JudgeOptions.SuccessThreshold));
        Refuses<ArgumentOutOfRangeException>(new() { MaxTrajectoryCharacters = 199 }, nameof(JudgeOptions.MaxTrajectoryCharacters));
        Refuses<ArgumentOutOfRangeException>(new() { MaxContextCharacters = 199 }, nameof(JudgeOptions.MaxContextCharacters));
        FluentActions.Invoking(() => new LlmJudgeEvaluator(null!)).Should().Throw<ArgumentNullException>();
        new LlmJudgeEvaluator(new ScriptedChatClient(), new() { ScalePoints = 2, Votes = 99, SuccessThreshold = 1, MaxContextCharacters = 200, MaxTrajectoryCharacters = 200 }).Should().NotBeNull();
    }

    private static void Refuses<TException>(JudgeOptions options, string name)
        where TException : ArgumentException =>
        FluentActions.Invoking(() => new LlmJudgeEvaluator(new ScriptedChatClient(), options)).Should().Throw<TException>().WithParameterName(name);
}
