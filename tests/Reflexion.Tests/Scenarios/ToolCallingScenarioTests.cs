using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ToolCallingScenarioTests
{
    private readonly AIFunction _weather = AIFunctionFactory.Create((string city) => city == "Paris" ? "rain" : "sun", "weather");

    [Fact]
    public async Task An_agent_that_did_not_ask_its_tool_learns_to_ask_it()
    {
        using ScriptedChatClient model = new ScriptedChatClient("Sunny, I guess.", """{"lesson":"Call the weather tool before answering."}""")
            .ThenCall("weather", """{"city":"Paris"}""").Then(request => ScriptedReply.Text($"It is {request.FunctionResults[^1].Result}."));

        Episode episode = await Agent(model, [_weather]).UseEvaluator(Agents.Wants("It is rain.")).Build().RunAsync("How is the weather in Paris?");

        episode.Success.Should().BeTrue();
        episode.Trials[0].Trajectory.Steps.Should().BeEmpty();
        episode.Trials[1].Trajectory.Steps[0].Action!.Name.Should().Be("weather");
        model.Requests[2].Contains("Call the weather tool").Should().BeTrue();
        model.Requests[2].ToolNames.Should().Equal("weather");
    }

    [Fact]
    public async Task Calls_of_one_reply_run_at_once_and_are_answered_in_their_order()
    {
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int running = 0;
        AIFunction meet = AIFunctionFactory.Create(async (string name) =>
        {
            if (Interlocked.Increment(ref running) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return $"hello {name}";
        }, "meet");
        using ScriptedChatClient model = new ScriptedChatClient()
            .Then(_ => ScriptedReply.Calls(ScriptedReply.Call("meet", """{"name":"Ann"}""", "c1"), ScriptedReply.Call("meet", """{"name":"Bob"}""", "c2")))
            .Then("Done.");

        Episode episode = await Agent(model, [meet]).Build().RunAsync("Meet them.");

        model.Requests[1].FunctionResults.Select(result => (result.CallId, $"{result.Result}")).Should().Equal(("c1", "hello Ann"), ("c2", "hello Bob"));
        episode.Trials[0].Trajectory.Steps.Select(step => step.Action!.CallId).Take(2).Should().Equal("c1", "c2");
        episode.Trials[0].Trajectory.Steps.Select(step => step.Number).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Everything_that_can_go_wrong_with_a_call_is_a_step_with_a_hint_and_the_other_calls_of_the_reply_still_run()
    {
        AIFunction broken = AIFunctionFactory.Create(string () => throw new InvalidOperationException("disk full"), "broken");
        AIFunction guarded = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "deleted", "delete_all"));
        using ScriptedChatClient model = new ScriptedChatClient()
            .Then(_ => ScriptedReply.Calls(
                ScriptedReply.Call("broken", "{}", "c1"),
                ScriptedReply.Call("nonesuch", "{}", "c2"),
                ScriptedReply.Call("weather", """{"town":"Paris"}""", "c3"),
                ScriptedReply.Call("delete_all", "{}", "c4"),
                ScriptedReply.Call("weather", """{"city":"Paris"}""", "c5")))
            .Then("Done.");

        Episode episode = await Agent(model, [broken, guarded, _weather]).Build().RunAsync("Go.");

        episode.Failure.Should().BeNull();
        episode.Trials[0].Trajectory.Steps.Select(step => step.Outcome).Should().Equal(
            StepOutcome.ToolFailed, StepOutcome.UnknownTool, StepOutcome.InvalidArguments, StepOutcome.ApprovalDenied, StepOutcome.Executed);
        string[] results = [.. model.Requests[1].FunctionResults.Select(result => $"{result.Result}")];
        results.Should().HaveCount(5, "every call is answered, or the provider refuses the conversation");
        results[0].Should().Contain("disk full");
        results[1].Should().Contain("nonesuch").And.Contain("weather");
        results[2].Should().Contain("city");
        results[3].Should().NotContain("deleted");
        results[4].Should().Contain("rain");
    }

    [Fact]
    public async Task What_an_exception_says_can_be_kept_from_the_model()
    {
        AIFunction broken = AIFunctionFactory.Create(string () => throw new InvalidOperationException("password=hunter2"), "broken");
        using ScriptedChatClient model = new ScriptedChatClient().ThenCall("broken").Then("Done.");

        Episode episode = await Agent(model, [broken], new() { IncludeExceptionMessages = false }).Build().RunAsync("Go.");

        Scenario.Text(episode).Should().NotContain("hunter2");
        $"{model.LastRequest.FunctionResults[0].Result}".Should().NotContain("hunter2");
        episode.Trials[0].Trajectory.Steps[0].Outcome.Should().Be(StepOutcome.ToolFailed);
    }

    [Fact]
    public async Task An_approved_call_runs_once_with_the_arguments_that_were_approved()
    {
        var ran = new List<int>();
        var asked = new List<string>();
        AIFunction pay = new ApprovalRequiredAIFunction(AIFunctionFactory.Create((int amount) =>
        {
            ran.Add(amount);
            return "paid";
        }, "pay"));
        using ScriptedChatClient model = new ScriptedChatClient()
            .Then(_ => ScriptedReply.Calls(ScriptedReply.Call("pay", """{"amount":5}""", "c1"), ScriptedReply.Call("pay", """{"amount":5000}""", "c2")))
            .Then("Done.");
        var options = new ToolCallingOptions
        {
            Approve = (request, _) =>
            {
                asked.Add(request.Arguments);
                ran.Should().BeEmpty("no call of the reply runs before all were decided on");
                return ValueTask.FromResult(!request.Arguments.Contains("5000"));
            },
        };

        Episode episode = await Agent(model, [pay], options).Build().RunAsync("Pay.");

        ran.Should().Equal(5);
        asked.Should().HaveCount(2);
        episode.Trials[0].Trajectory.Steps.Select(step => step.Outcome).Should().Equal(StepOutcome.Executed, StepOutcome.ApprovalDenied);
    }

    [Fact]
    public async Task Calls_beyond_the_step_limit_are_not_made()
    {
        int ran = 0;
        AIFunction tool = AIFunctionFactory.Create(() => Interlocked.Increment(ref ran), "count");
        using ScriptedChatClient model = new ScriptedChatClient()
            .Then(_ => ScriptedReply.Calls([.. Enumerable.Range(1, 6).Select(i => ScriptedReply.Call("count", "{}", $"c{i}"))]))
            .Otherwise("Done.");

        Episode episode = await Agent(model, [tool], new() { MaxSteps = 4 }).Build().RunAsync("Count.");

        ran.Should().Be(4);
        episode.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.StepLimit);
        episode.Trials[0].Trajectory.Steps.Should().HaveCount(4);
    }

    private static ReflexionAgentBuilder Agent(ScriptedChatClient model, AITool[] tools, ToolCallingOptions? options = null) => ReflexionAgent.CreateBuilder(model)
        .UseActor(context => new ToolCallingActor(context.ChatClientOf(AgentComponent.Actor), tools, options))
        .UseEvaluator(_ => TrajectoryEvaluation.Passed());
}
