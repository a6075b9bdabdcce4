namespace Reflexion.Tests;

public class CompositeEvaluatorTests
{
    [Theory]
    [InlineData(true, true, 0.4, true)]
    [InlineData(true, false, 0.4, false)]
    [InlineData(false, false, 0.4, false)]
    public async Task All_takes_the_lowest_score_and_needs_every_success(bool first, bool second, double score, bool success)
    {
        TrajectoryEvaluation verdict = await CompositeEvaluator.All([Part("a", 0.9, first), Part("b", 0.4, second)]).EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success, verdict.Feedback).Should().Be((score, success, "a: feedback of a\nb: feedback of b"));
        verdict.Evidence.Should().Equal("a: evidence of a", "b: evidence of b");
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task Any_takes_the_highest_score_and_needs_one_success(bool first, bool second, bool success)
    {
        TrajectoryEvaluation verdict = await CompositeEvaluator.Any([Part("a", 0.9, first), Part("b", 0.4, second)]).EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success).Should().Be((0.9, success));
    }

    [Theory]
    [InlineData(1, 3, 0.75, 0.25, true)]
    [InlineData(1, 0, 1, 1, true)]
    [InlineData(0, 2, 0.5, 0, false)]
    [InlineData(1, 1, 0.51, 0.5, false)]
    public async Task Weighted_takes_the_mean_and_a_threshold(double first, double second, double threshold, double score, bool success)
    {
        CompositeEvaluator evaluator = CompositeEvaluator.Weighted([Part("a", 1, true) with { Weight = first }, Part("b", 0, false) with { Weight = second }], success ? score : threshold);
        TrajectoryEvaluation verdict = await evaluator.EvaluateAsync(EvaluationSamples.Searched);
        (verdict.Score, verdict.Success).Should().Be((score, success));
    }

    [Fact]
    public async Task Weighted_needs_a_full_score_by_default()
    {
        (await CompositeEvaluator.Weighted([Part("a", 1, true), Part("b", 0.99, true)]).EvaluateAsync(EvaluationSamples.Searched)).Success.Should().BeFalse();
        (await CompositeEvaluator.Weighted([Part("a", 1, true), Part("b", 1, false)]).EvaluateAsync(EvaluationSamples.Searched)).Success.Should().BeTrue();
    }

    [Fact]
    public async Task Weights_that_do_not_add_up_exactly_keep_the_score_in_range() =>
        (await CompositeEvaluator.Weighted(Enumerable.Range(0, 49).Select(i => Part($"{i}", 1, true) with { Weight = 0.1 })).EvaluateAsync(EvaluationSamples.Searched)).Score.Should().BeApproximately(1, 1e-12);

    [Fact]
    public async Task Evaluators_without_a_name_are_named_after_their_types()
    {
        var any = CompositeEvaluator.Any(new ExactMatchEvaluator(), new TokenF1Evaluator(), new TokenF1Evaluator(0.5));
        (await any.EvaluateAsync(EvaluationSamples.Answered(""), "x")).Feedback.Should().Be(
            "ExactMatchEvaluator: No answer was given.\nTokenF1Evaluator: No answer was given.\nTokenF1Evaluator 2: No answer was given.");
        (await CompositeEvaluator.All(new ExactMatchEvaluator(), new TokenF1Evaluator(0.1)).EvaluateAsync(EvaluationSamples.Answered("x y"), "x")).Success.Should().BeFalse();
    }

    [Fact]
    public async Task Short_circuit_runs_no_more_than_it_needs()
    {
        TrajectoryEvaluation all = await CompositeEvaluator.All([Part("a", 1, true), Part("b", 0.5, false), Throws("c")], CompositeExecution.ShortCircuit).EvaluateAsync(EvaluationSamples.Searched);
        (all.Score, all.Success, all.Feedback).Should().Be((0.5, false, "a: feedback of a\nb: feedback of b"));
        all.Evidence.Should().Equal("a: evidence of a", "b: evidence of b", "c: skipped, since success was decided");
        TrajectoryEvaluation any = await CompositeEvaluator.Any([Part("a", 0, false), Part("b", 1, true), Throws("c")], CompositeExecution.ShortCircuit).EvaluateAsync(EvaluationSamples.Searched);
        (any.Score, any.Success).Should().Be((1, true));
        (await CompositeEvaluator.All([Part("a", 1, true), Part("b", 1, true)], CompositeExecution.ShortCircuit).EvaluateAsync(EvaluationSamples.Searched)).Success.Should().BeTrue();
    }

    [Theory]
    [InlineData(CompositeExecution.Concurrent)]
    [InlineData(CompositeExecution.Sequential)]
    public async Task Otherwise_every_evaluator_runs(CompositeExecution execution) =>
        await FluentActions.Awaiting(() => CompositeEvaluator.All([Part("a", 0, false), Throws("b")], execution).EvaluateAsync(EvaluationSamples.Searched))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("called");

    [Fact]
    public async Task Concurrent_evaluators_run_at_once_and_sequential_ones_do_not()
    {
        await CompositeEvaluator.All(Meeting()).EvaluateAsync(EvaluationSamples.Searched);
        await CompositeEvaluator.Weighted(Meeting()).EvaluateAsync(EvaluationSamples.Searched);
        int running = 0;
        EvaluatorPart Alone(string name) => new(name, new DelegateEvaluator(async (_, _) =>
        {
            Interlocked.Increment(ref running).Should().Be(1);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return TrajectoryEvaluation.Passed();
        }));
        await CompositeEvaluator.Weighted([Alone("a"), Alone("b")], 1, CompositeExecution.Sequential).EvaluateAsync(EvaluationSamples.Searched);
    }

    [Fact]
    public async Task An_evaluator_that_throws_at_once_leaves_none_of_the_others_running()
    {
        var gate = new TaskCompletionSource();
        bool finished = false;
        var slow = new EvaluatorPart("slow", new DelegateEvaluator(async (_, _) =>
        {
            await gate.Task;
            finished = true;
            return TrajectoryEvaluation.Passed();
        }));
        CompositeEvaluator evaluator = CompositeEvaluator.All([slow, Throws("broken")]);

        Task<TrajectoryEvaluation> judging = evaluator.EvaluateAsync(EvaluationSamples.Searched);
        judging.IsCompleted.Should().BeFalse();
        gate.SetResult();

        await judging.Awaiting(it => it).Should().ThrowAsync<InvalidOperationException>().WithMessage("called");
        finished.Should().BeTrue();
    }

    [Fact]
    public void Bad_parts_are_refused()
    {
        Refuses([], "A composite needs at least one evaluator.*");
        Refuses([null!], "An evaluator of the composite is null.*");
        Refuses([new("a", null!)], "An evaluator of the composite is null.*");
        Refuses([Part(" ", 1, true)], "An evaluator of the composite has no name.*");
        Refuses([Part("a", 1, true), Part("a", 1, true)], "Two evaluators of the composite are named 'a'; their feedback could not be told apart.*");
        FluentActions.Invoking(() => CompositeEvaluator.All((ITrajectoryEvaluator)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => CompositeEvaluator.Any((IEnumerable<EvaluatorPart>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => CompositeEvaluator.Any((ITrajectoryEvaluator[])null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => CompositeEvaluator.All([Part("a", 1, true)], (CompositeExecution)9)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(-1, 1, "The weight of 'a' is -1; a weight is a finite number of at least 0.*")]
    [InlineData(double.NaN, 1, "The weight of 'a' is NaN*")]
    [InlineData(double.PositiveInfinity, 1, "The weight of 'a' is *")]
    [InlineData(0, 0, "The weights add up to 0; they must add up to a finite number above 0.*")]
    [InlineData(double.MaxValue, double.MaxValue, "The weights add up to *")]
    public void Bad_weights_are_refused(double first, double second, string message) =>
        FluentActions.Invoking(() => CompositeEvaluator.Weighted([Part("a", 1, true) with { Weight = first }, Part("b", 1, true) with { Weight = second }]))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Weighted_cannot_be_short_circuited_and_needs_a_threshold_in_range()
    {
        FluentActions.Invoking(() => CompositeEvaluator.Weighted([Part("a", 1, true)], 1, CompositeExecution.ShortCircuit)).Should().Throw<ArgumentException>().WithMessage("*cannot be short-circuited*");
        FluentActions.Invoking(() => CompositeEvaluator.Weighted([Part("a", 1, true)], 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
    }

    [Fact]
    public async Task A_null_context_is_refused() =>
        await FluentActions.Awaiting(() => CompositeEvaluator.All([Part("a", 1, true)]).EvaluateAsync(null!, CancellationToken.None).AsTask()).Should().ThrowAsync<ArgumentNullException>();

    private static void Refuses(EvaluatorPart[] parts, string message) =>
        FluentActions.Invoking(() => CompositeEvaluator.All(parts)).Should().Throw<ArgumentException>().WithMessage(message);

    private static EvaluatorPart Part(string name, double score, bool success) => new(name, new DelegateEvaluator(_ =>
        new TrajectoryEvaluation(score, success, $"feedback of {name}") { Evidence = [$"evidence of {name}"] }));

    private static EvaluatorPart Throws(string name) => new(name, new DelegateEvaluator((_, _) => throw new InvalidOperationException("called")));

    // Two evaluators that each wait for the other to have started.
    private static EvaluatorPart[] Meeting()
    {
        TaskCompletionSource first = new(), second = new();
        EvaluatorPart Waiting(string name, TaskCompletionSource mine, TaskCompletionSource other) => new(name, new DelegateEvaluator(async (_, token) =>
        {
            mine.SetResult();
            await other.Task.WaitAsync(TimeSpan.FromSeconds(30), token);
            return TrajectoryEvaluation.Passed();
        }));
        return [Waiting("a", first, second), Waiting("b", second, first)];
    }
}
