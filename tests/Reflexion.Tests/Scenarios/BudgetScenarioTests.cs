using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class BudgetScenarioTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public async Task Many_episodes_at_once_never_make_more_calls_than_they_share(int limit)
    {
        var shared = new BudgetLedger(new() { MaxModelCalls = limit });
        using ScriptedChatClient model = Yielding();

        Episode[] episodes = await RunManyAsync(model, new() { SharedBudget = shared });

        model.RequestCount.Should().Be(limit);
        shared.Snapshot().Total.Calls.Should().Be(limit);
        episodes.Sum(episode => episode.Usage.Total.Calls).Should().Be(limit);
        episodes.Should().OnlyContain(episode => episode.StopReason == StopReason.Budget);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Faults_do_not_open_a_way_around_the_limit_and_give_back_what_they_reserved(int seed)
    {
        var shared = new BudgetLedger(new() { MaxModelCalls = 40 });
        using var model = new FaultInjectingChatClient(Yielding(), Plan(seed, 0.4));

        Episode[] episodes = await RunManyAsync(model, new() { SharedBudget = shared });

        model.Calls.Should().BeLessThanOrEqualTo(40);
        shared.Snapshot().Total.Calls.Should().Be(episodes.Sum(episode => episode.Usage.Total.Calls));
        shared.Snapshot().Total.FailedCalls.Should().Be(episodes.Sum(episode => episode.Usage.Total.FailedCalls)).And.BePositive();
        episodes.Should().OnlyContain(episode => episode.StopReason == StopReason.Budget || episode.StopReason == StopReason.Failed);
    }

    [Fact]
    public async Task Tokens_are_reserved_before_the_call_so_that_the_limit_holds_for_many_at_once()
    {
        var shared = new BudgetLedger(new() { MaxTokens = 3_000, ReservedOutputTokens = 50 });
        using ScriptedChatClient model = Yielding();

        Episode[] episodes = await RunManyAsync(model, new() { SharedBudget = shared });

        long used = shared.Snapshot().Total.Tokens.TotalTokens;
        used.Should().BeInRange(1, 3_000);
        episodes.Sum(episode => episode.Usage.Total.Tokens.TotalTokens).Should().Be(used);
    }

    [Fact]
    public async Task Money_is_never_spent_beyond_the_limit()
    {
        var prices = new PriceList(new Dictionary<string, ModelPrice> { ["scripted"] = new(1_000m, 2_000m) }, new ModelPrice(1_000m, 2_000m));
        var budget = new EpisodeBudget { MaxCost = 0.5m, Prices = prices, ReservedOutputTokens = 20 };
        using ScriptedChatClient model = Yielding();

        Episode[] episodes = await RunManyAsync(model, new() { Budget = budget });

        episodes.Should().OnlyContain(episode => episode.Usage.Total.Cost > 0 && episode.Usage.Total.Cost <= 0.5m && episode.StopReason == StopReason.Budget);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_budget_that_ends_anywhere_ends_the_episode_with_what_was_reached(int calls)
    {
        using ScriptedChatClient model = Scenario.RoomModel();

        Episode episode = await Scenario.RoomAgent(model).Build().RunAsync(LockedRoom.Escape, new() { Budget = new() { MaxModelCalls = calls } });

        model.RequestCount.Should().Be(calls);
        episode.Failure.Should().BeNull();
        episode.StopReason.Should().Be(calls == 5 ? StopReason.Success : StopReason.Budget);
        episode.Best.Should().NotBeNull();
        episode.StopDetail.Should().NotBeNullOrWhiteSpace();
        episode.Usage.Total.Calls.Should().Be(calls);
    }

    [Fact]
    public async Task Judge_and_reflector_draw_on_the_same_budget_and_the_held_out_judge_on_none_of_it()
    {
        using var model = new ScriptedChatClient().Otherwise("Lyon");
        using var judge = new ScriptedChatClient().Otherwise("""{"score":0,"success":false,"feedback":"No."}""");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseChatClientFor(AgentComponent.Evaluator, judge)
            .UseChatClientFor(AgentComponent.HeldOutEvaluator, judge)
            .UseEvaluator(context => new LlmJudgeEvaluator(context.ChatClientOf(AgentComponent.Evaluator)))
            .UseHeldOutEvaluator(context => new LlmJudgeEvaluator(context.ChatClientOf(AgentComponent.HeldOutEvaluator), new() { Component = AgentComponent.HeldOutEvaluator }))
            .Configure(options => options.Budget = new() { MaxModelCalls = 7 })
            .Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        int measuring = episode.Usage.Of(AgentComponent.HeldOutEvaluator).Calls;
        measuring.Should().Be(2);
        (model.RequestCount + judge.RequestCount - measuring).Should().Be(7);
        episode.StopReason.Should().Be(StopReason.Budget);
        episode.Usage.ByComponent.Keys.Should().Contain([AgentComponent.Actor, AgentComponent.Evaluator, AgentComponent.HeldOutEvaluator, AgentComponent.Reflector]);
    }

    [Fact]
    public async Task Time_is_a_budget_too()
    {
        var time = new ManualTime();
        using ScriptedChatClient model = new ScriptedChatClient().Otherwise(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(40));
            return "Lyon";
        });
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model).UseEvaluator(Agents.Wants("Paris")).UseTimeProvider(time)
            .Configure(options => options.Budget = new() { MaxDuration = TimeSpan.FromMinutes(1) }).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Budget);
        model.RequestCount.Should().Be(2);
        episode.Trials.Should().ContainSingle().Which.Evaluation.Should().NotBeNull();
    }

    private static ScriptedChatClient Yielding() => new ScriptedChatClient { KeepsRequests = false }.Otherwise(request => $"Wrong {request.Turn}");

    private static FaultPlan Plan(int seed, double rate) => FaultPlan.Even(seed, rate) with { TokenDelay = TimeSpan.Zero };

    private static async Task<Episode[]> RunManyAsync(IChatClient model, EpisodeOptions options)
    {
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseEvaluator(_ => TrajectoryEvaluation.Failed("No."))
            .Configure(settings => settings.MaxTrials = 50)
            .Build();
        return await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => agent.RunAsync(new AgentTask($"t{i}", $"Solve number {i}."), options))));
    }
}
