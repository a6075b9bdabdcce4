using Reflexion.Testing;

namespace Reflexion.Tests;

public class StrategyScenarioTests
{
    [Theory]
    [InlineData(ReflexionStrategy.Retry, false, false, false, 0)]
    [InlineData(ReflexionStrategy.LastAttempt, true, false, false, 0)]
    [InlineData(ReflexionStrategy.Reflexion, false, true, false, 1)]
    [InlineData(ReflexionStrategy.LastAttemptAndReflexion, true, true, false, 1)]
    public async Task A_strategy_shows_the_second_trial_what_it_promises_and_pays_for_no_more(
        ReflexionStrategy strategy, bool attempt, bool lesson, bool guidance, int reflections)
    {
        (ScriptedChatClient model, ScriptedChatClient reflector, ScriptedChatClient coach, Episode episode) = await RunAsync(strategy);

        Check(model.Requests[2], attempt, lesson, guidance);
        reflector.RequestCount.Should().Be(reflections);
        coach.RequestCount.Should().Be(0);
        episode.Strategy.Should().Be(strategy);
        episode.Trials[0].Prompt.ToString().Should().NotContain("no way out").And.NotContain("take it first");
    }

    [Fact]
    public async Task The_retrospective_strategy_shows_what_the_model_made_of_the_lessons()
    {
        (ScriptedChatClient model, _, ScriptedChatClient coach, Episode episode) = await RunAsync(ReflexionStrategy.Retrospective);

        model.Requests[2].Contains("Consider metal objects.").Should().BeTrue();
        coach.RequestCount.Should().Be(1);
        coach.LastRequest.Contains("no way out").Should().BeTrue("the coach sees the last attempt");
        coach.LastRequest.System.Should().NotContain("no way out");
        episode.Usage.ByComponent[AgentComponent.RetrospectiveModel].Calls.Should().Be(1);
        model.Requests[2].System.Should().Be(model.Requests[0].System);
    }

    [Fact]
    public async Task Under_retry_the_second_trial_sees_the_first_ones_prompt_to_the_byte()
    {
        (ScriptedChatClient model, _, _, Episode episode) = await RunAsync(ReflexionStrategy.Retry);

        episode.Trials[1].Prompt.ToString().Should().Be(episode.Trials[0].Prompt.ToString());
        model.Requests[2].Text.Should().Be(model.Requests[0].Text);
    }

    private static void Check(ScriptedRequest request, bool attempt, bool lesson, bool guidance)
    {
        request.Contains("no way out").Should().Be(attempt);
        request.Contains("take it first").Should().Be(lesson);
        request.Contains("Consider metal objects.").Should().Be(guidance);
        request.System.Should().NotContain("no way out").And.NotContain("take it first");
    }

    private static async Task<(ScriptedChatClient Model, ScriptedChatClient Reflector, ScriptedChatClient Coach, Episode Episode)> RunAsync(ReflexionStrategy strategy)
    {
        var model = new ScriptedChatClient(Scenario.TryDoor, Scenario.Hopeless, Scenario.TakeKey, Scenario.TryDoor);
        ScriptedChatClient reflector = new ScriptedChatClient().Otherwise(Scenario.Insight);
        ScriptedChatClient coach = new ScriptedChatClient().Otherwise("Consider metal objects.");
        Episode episode = await Scenario.RoomAgent(model)
            .UseChatClientFor(AgentComponent.Reflector, reflector)
            .UseChatClientFor(AgentComponent.RetrospectiveModel, coach)
            .Configure(options => options.Strategy = strategy)
            .Build().RunAsync(LockedRoom.Escape);
        episode.Success.Should().BeTrue();
        return (model, reflector, coach, episode);
    }
}
