using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class ExperimentBudgetTests
{
    [Fact]
    public async Task A_total_budget_holds_over_episodes_that_run_side_by_side()
    {
        var model = new GateClient(Sums.Model(), together: 4);
        ScriptedChatClient calls = (ScriptedChatClient)model.GetService(typeof(ScriptedChatClient))!;

        ExperimentResult result = await Sums.Builder(model).UseOptions(new() { MaxConcurrency = 4, TotalBudget = new() { MaxModelCalls = 13 } }).Build().RunAsync();

        calls.RequestCount.Should().Be(13);
        result.Outcomes[ExperimentOutcome.Budget].Should().BeGreaterThan(0);
        result.Outcomes.Values.Sum().Should().Be(20);
        result.Outcomes[ExperimentOutcome.Unfinished].Should().Be(0, "an episode that may spend nothing has run, to no avail");
        result.Episodes.Sum(episode => episode.AgentUsage.Calls).Should().Be(13);
    }

    [Fact]
    public async Task Each_arm_has_a_budget_of_its_own()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model()).UseOptions(new() { ArmBudget = new() { MaxModelCalls = 7 } }).Build().RunAsync();

        result.EpisodesOf("adder+Retry").Sum(episode => episode.AgentUsage.Calls).Should().Be(7);
        result.EpisodesOf("adder+Reflexion").Sum(episode => episode.AgentUsage.Calls).Should().Be(7);
    }

    [Fact]
    public async Task Episodes_are_given_the_experiments_limits_before_the_tasks_and_the_agents()
    {
        Experiment With(EpisodeBudget? budget) => Experiment.CreateBuilder("limits")
            .AddTask(new("t", "What is 5 plus one?"), new() { References = ["6"], Budget = new() { MaxModelCalls = 2 } })
            .AddArm("a", agent => agent.UseChatClient(Sums.Model()).UseEvaluator(new ExactMatchEvaluator()).UseReflector(new DelegateReflector(_ => null)).Configure(options => options.MaxTrials = 9))
            .UseOptions(new() { EpisodeBudget = budget }).Build();

        (await With(null).RunAsync()).Episodes.Single().AgentUsage.Calls.Should().Be(2);
        (await With(new() { MaxModelCalls = 4 }).RunAsync()).Episodes.Single().AgentUsage.Calls.Should().Be(4);
    }

    [Fact]
    public async Task What_was_spent_before_counts()
    {
        Experiment experiment = Sums.Builder(Sums.Model()).UseOptions(new() { MaxConcurrency = 1, TotalBudget = new() { MaxModelCalls = 25 } }).Build();
        using var stop = new CancellationTokenSource();
        var progress = new ProgressLog(report => { if (report.Completed == 6) { stop.Cancel(); } });
        ExperimentResult first = await experiment.RunAsync(new() { Progress = progress, StopToken = stop.Token });

        ExperimentResult second = await experiment.RunAsync(new() { Previous = first });

        second.Episodes.Sum(episode => episode.AgentUsage.Calls).Should().Be(25);
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        ExperimentBuilder builder = Sums.Builder(Sums.Model());
        FluentActions.Invoking(() => builder.UseOptions(new() { MaxConcurrency = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => builder.UseOptions(new() { TotalBudget = new() { MaxTokens = 0 } })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => builder.UseOptions(new() { ArmBudget = new() { MaxModelCalls = 0 } })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => builder.UseOptions(new() { EpisodeBudget = new() { MaxCost = 1 } })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => builder.UseOptions(new() { LessonSharing = (LessonSharing)9 })).Should().Throw<ArgumentOutOfRangeException>();
    }
}
