using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class ExperimentEstimateTests
{
    [Fact]
    public void Upper_bounds_follow_from_the_budgets_and_no_model_is_called()
    {
        ScriptedChatClient model = Sums.Model();
        ExperimentBuilder builder = Sums.Builder(model).UseSeeds(1, 2).ConfigureAgents(agent => agent.Configure(options => options.Budget = new() { MaxModelCalls = 6, MaxTokens = 1_000 }));

        ExperimentEstimate open = builder.Build().Estimate();
        ExperimentEstimate arms = builder.UseOptions(new() { ArmBudget = new() { MaxModelCalls = 100, MaxTokens = 50_000 } }).Build().Estimate();
        ExperimentEstimate total = builder.UseOptions(new() { TotalBudget = new() { MaxModelCalls = 30, MaxTokens = 7_000 } }).Build().Estimate();

        open.Episodes.Should().Be(40);
        open.AtMost.Should().Be(new UsageBound(240, 40_000, null));
        arms.AtMost.Should().Be(new UsageBound(200, 40_000, null));
        total.AtMost.Should().Be(new UsageBound(30, 7_000, null));
        open.Arms.Should().HaveCount(2).And.OnlyContain(arm => arm.Episodes == 20 && arm.AtMost == new UsageBound(120, 20_000, null) && arm.Expected == null);
        total.Arms.Should().OnlyContain(arm => arm.AtMost == new UsageBound(30, 7_000, null));
        open.LeastTokens.Should().BeInRange(40, 40 * 60).And.Be(open.Arms.Sum(arm => arm.LeastTokens));
        open.Expected.Should().BeNull();
        open.LeastDuration.Should().BeNull();
        model.RequestCount.Should().Be(0);
    }

    [Fact]
    public async Task A_run_stays_within_its_estimate()
    {
        Experiment experiment = Sums.Builder(Sums.Model()).Build();

        ExperimentEstimate estimate = experiment.Estimate();
        ExperimentResult result = await experiment.RunAsync();

        result.Episodes.Sum(episode => episode.Usage.Total.Calls).Should().BeLessThanOrEqualTo((int)estimate.AtMost.Calls);
        result.Episodes.Sum(episode => episode.Usage.Total.Tokens.TotalTokens).Should().BeInRange(estimate.LeastTokens, estimate.AtMost.Tokens);
    }

    [Fact]
    public void A_held_out_evaluator_may_spend_as_much_again()
    {
        ExperimentEstimate estimate = Sums.Builder(Sums.Model()).ConfigureAgents(agent => agent.UseHeldOutEvaluator(new ExactMatchEvaluator()).Configure(options => options.Budget = new() { MaxModelCalls = 6, MaxTokens = 100 }))
            .UseOptions(new() { TotalBudget = new() { MaxModelCalls = 50 } }).Build().Estimate();

        estimate.AtMost.Calls.Should().Be(50 + 120);
        estimate.Arms[0].AtMost.Calls.Should().Be(50 + 60);
    }

    [Fact]
    public void Costs_are_bounded_where_a_budget_bounds_them()
    {
        var prices = new PriceList(new Dictionary<string, ModelPrice>(), new(1, 1));
        ExperimentBuilder builder = Sums.Builder(Sums.Model());

        builder.UseOptions(new() { EpisodeBudget = new() { MaxCost = 0.5m, Prices = prices } }).Build().Estimate().AtMost.Cost.Should().Be(10);
        builder.UseOptions(new() { EpisodeBudget = new() { MaxCost = 0.5m, Prices = prices }, TotalBudget = new() { MaxCost = 3, Prices = prices } }).Build().Estimate().AtMost.Cost.Should().Be(3);
        builder.UseOptions(new() { TotalBudget = new() { MaxCost = 3, Prices = prices } }).Build().Estimate().AtMost.Cost.Should().Be(3);
    }

    [Fact]
    public async Task A_pilot_tells_what_to_expect()
    {
        ExperimentResult pilot = await Sums.Builder(Sums.Model(), tasks: 10).Build().RunAsync();
        Experiment experiment = Experiment.CreateBuilder("sums").AddTasks(ExperimentSamples.Tasks(40)).UseSeeds(1, 2, 3)
            .AddModel("adder", Sums.Model(), new() { CallsPerMinute = 10, TokensPerMinute = 1_000_000 })
            .AddStrategies(ReflexionStrategy.Retry, ReflexionStrategy.Reflexion)
            .ConfigureAgents(agent => agent.UseEvaluator(new ExactMatchEvaluator())).Build();

        ExperimentEstimate estimate = experiment.Estimate(pilot);

        int calls = pilot.Episodes.Sum(episode => episode.Usage.Total.Calls);
        estimate.Expected!.Calls.Value.Should().BeApproximately(calls * 12.0, 1e-9);
        estimate.Expected.Calls.Low.Should().BeLessThan(calls * 12.0);
        estimate.Expected.Calls.High.Should().BeGreaterThan(calls * 12.0);
        estimate.Expected.Tokens.Value.Should().BeGreaterThan(0);
        estimate.Expected.Cost.Value.Should().Be(0);
        estimate.LeastDuration.Should().BeCloseTo(TimeSpan.FromMinutes(calls * 12.0 / 10), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task An_arm_that_the_pilot_does_not_have_leaves_the_expectation_open()
    {
        ExperimentResult pilot = await Sums.Builder(Sums.Model(), tasks: 3).Build().RunAsync();

        ExperimentEstimate estimate = Sums.Builder(Sums.Model()).AddStrategies(ReflexionStrategy.LastAttempt).Build().Estimate(pilot);

        estimate.Expected.Should().BeNull();
        estimate.Arms.Select(arm => arm.Expected is null).Should().Equal(false, false, true);
    }

    [Fact]
    public void Bounds_that_no_number_can_hold_stay_at_the_largest() =>
        Sums.Builder(Sums.Model()).UseOptions(new() { EpisodeBudget = new() { MaxTokens = long.MaxValue } }).Build().Estimate().AtMost.Tokens.Should().Be(long.MaxValue);
}
