namespace Reflexion.Tests;

public class CompositeScenarioTests
{
    [Fact]
    public async Task All_takes_the_lowest_score_and_its_feedback_names_who_said_what()
    {
        TrajectoryEvaluation verdict = await RunAsync(CompositeEvaluator.All([Part("style", 0.9, true), Part("facts", 0.2, false)]));

        (verdict.Score, verdict.Success).Should().Be((0.2, false));
        verdict.Feedback.Should().Contain("style").And.Contain("facts").And.Contain("facts says 0.2");
    }

    [Fact]
    public async Task Any_takes_the_highest()
    {
        TrajectoryEvaluation verdict = await RunAsync(CompositeEvaluator.Any([Part("style", 0.9, true), Part("facts", 0.2, false)]));

        (verdict.Score, verdict.Success).Should().Be((0.9, true));
    }

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(0.75, true)]
    [InlineData(0.76, false)]
    public async Task Weighted_is_the_mean_and_solved_from_its_threshold_on(double threshold, bool solved)
    {
        TrajectoryEvaluation verdict = await RunAsync(CompositeEvaluator.Weighted([Part("a", 1, true) with { Weight = 3 }, Part("b", 0, false)], threshold));

        verdict.Score.Should().BeApproximately(0.75, 1e-12);
        verdict.Success.Should().Be(solved);
    }

    [Fact]
    public async Task Composites_nest_and_a_short_circuit_spares_the_expensive_part()
    {
        bool asked = false;
        var expensive = new EvaluatorPart("expensive", new DelegateEvaluator(_ =>
        {
            asked = true;
            return TrajectoryEvaluation.Passed();
        }));
        CompositeEvaluator inner = CompositeEvaluator.All([Part("cheap", 0.1, false), expensive], CompositeExecution.ShortCircuit);

        TrajectoryEvaluation verdict = await RunAsync(CompositeEvaluator.Any([new("inner", inner), Part("other", 0.3, false)]));

        asked.Should().BeFalse();
        (verdict.Score, verdict.Success).Should().Be((0.3, false));
    }

    [Theory]
    [InlineData(CompositeExecution.Concurrent)]
    [InlineData(CompositeExecution.Sequential)]
    [InlineData(CompositeExecution.ShortCircuit)]
    public async Task A_part_that_throws_fails_the_evaluation_and_not_the_process(CompositeExecution execution)
    {
        var broken = new EvaluatorPart("broken", new DelegateEvaluator(_ => throw new InvalidOperationException("no scale")));

        Episode episode = await Agents.Answering("Lyon").UseEvaluator(CompositeEvaluator.All([Part("fine", 1, true), broken], execution)).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Component.Should().Be(AgentComponent.Evaluator);
        episode.Failure.Message.Should().Contain("no scale");
    }

    [Fact]
    public async Task Exact_match_and_heuristics_together_pass_only_a_right_answer_found_without_fuss()
    {
        var both = CompositeEvaluator.All(new ExactMatchEvaluator(), new HeuristicEvaluator());

        Episode episode = await Agents.Answering("", "the Paris!").UseEvaluator(both).Build().RunAsync(Agents.Question, new() { References = ["Paris"] });

        episode.Trials.Select(trial => trial.Evaluation!.Success).Should().Equal(false, true);
    }

    private static EvaluatorPart Part(string name, double score, bool success) =>
        new(name, new DelegateEvaluator(_ => new(score, success, FormattableString.Invariant($"{name} says {score}"))));

    private static async Task<TrajectoryEvaluation> RunAsync(ITrajectoryEvaluator evaluator) =>
        (await Agents.Answering("Lyon").UseEvaluator(evaluator).Configure(options => options.MaxTrials = 1).Build().RunAsync(Agents.Question)).Trials[0].Evaluation!;
}
