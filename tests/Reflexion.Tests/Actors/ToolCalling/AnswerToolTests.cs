using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class AnswerToolTests
{
    private static readonly ToolCallingOptions Options = new() { AnswerToolName = "submit" };

    [Fact]
    public async Task Its_call_ends_the_trial_with_its_argument()
    {
        var client = new ScriptedChatClient().Then(new TextContent("Done."), Call("c", "submit", """{"answer":" 3 "}"""));
        TrialLog log = await RunAsync(client, Add, Options);

        log.Steps.Should().Equal(new TrajectoryStep
        {
            Number = 1,
            Thought = "Done.",
            Action = new("""submit({"answer":" 3 "})""") { Name = "submit", Argument = """{"answer":" 3 "}""", CallId = "c" },
            Outcome = StepOutcome.Answered,
        });
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "3"));
    }

    [Fact]
    public async Task It_is_declared_where_no_tool_has_its_name()
    {
        var client = new ScriptedChatClient("3");
        await RunAsync(client, Add, Options);

        IList<AITool> tools = client.Requests[0].Options!.Tools!;
        tools.Select(tool => tool.Name).Should().Equal("add", "submit");
        var submit = (AIFunctionDeclaration)tools[1];
        submit.Should().NotBeAssignableTo<AIFunction>();
        submit.Description.Should().Be("Gives the final answer and ends the work. Call it once, when you are done.");
        ToolSignature.Of("submit", submit.JsonSchema).Should().Be("submit(answer: string)");
    }

    [Fact]
    public async Task A_tool_of_that_name_is_kept_and_never_run()
    {
        AIFunction submit = AIFunctionFactory.Create(string (string city, string country) => throw new InvalidOperationException("ran"), "submit");
        var client = new ScriptedChatClient().Then(Call("c", "submit", """{"city":"Paris","country":"France"}"""));
        TrialLog log = await RunAsync(client, submit, Options);

        client.Requests[0].Options!.Tools.Should().Equal(submit);
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, """{"city":"Paris","country":"France"}"""));
    }

    [Theory]
    [InlineData("""{"city":"Paris"}""", "Paris")]
    [InlineData("""{"answer":["a", "b"]}""", """["a","b"]""")]
    [InlineData("""{"answer":42,"why":"so"}""", "42")]
    public void The_answer_is_the_argument_of_that_name_or_the_only_one(string json, string answer)
    {
        AnswerTool.Read(Call("c", "submit", json)).Should().Be(answer);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"answer":null}""")]
    [InlineData("""{"answer":"  "}""")]
    public void There_may_be_none(string json)
    {
        AnswerTool.Read(Call("c", "submit", json)).Should().BeNull();
        AnswerTool.Read(new("c", "submit", Arguments("""{"answer":"x"}""")) { Exception = new JsonException("bad") }).Should().BeNull();
    }

    [Fact]
    public async Task An_answer_that_is_missing_or_empty_is_asked_for_again()
    {
        var client = new ScriptedChatClient()
            .Then(Call("1", "submit"))
            .Then(Call("2", "submit", """{"answer":" "}"""))
            .Then(Call("3", "submit", """{"answer":"3"}"""));
        TrialLog log = await RunAsync(client, Add, Options);

        log.Steps.Select(step => (step.Outcome, step.Observation?.Text)).Should().Equal(
            (StepOutcome.InvalidArguments, "The arguments of 'submit' are wrong: 'answer' is missing. Call it as submit(answer: string)."),
            (StepOutcome.InvalidArguments, "The arguments of 'submit' are wrong: the answer is empty. Call it as submit(answer: string)."),
            (StepOutcome.Answered, null));
        log.End.Answer.Should().Be("3");
    }

    [Fact]
    public async Task Calls_before_it_are_made_and_calls_after_it_are_not()
    {
        var ran = new List<int>();
        AIFunction note = AIFunctionFactory.Create((int n) => ran.Add(n), "note");
        var client = new ScriptedChatClient().Then(Call("1", "note", """{"n":1}"""), Call("2", "submit", """{"answer":"x"}"""), Call("3", "note", """{"n":3}"""));
        TrialLog log = await RunAsync(client, note, Options with { MaxSteps = 1 });

        ran.Should().Equal(1);
        log.Steps.Select(step => (step.Number, step.Action!.Name)).Should().Equal((1, "note"), (2, "submit"));
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "x"));
    }

    [Fact]
    public async Task The_step_limit_comes_before_an_answer_that_rests_on_calls_not_made()
    {
        var client = new ScriptedChatClient().Then(Call("1", "add", """{"a":1,"b":2}"""), Call("2", "add", """{"a":3,"b":4}"""), Call("3", "submit", """{"answer":"x"}"""));

        (await RunAsync(client, Add, Options with { MaxSteps = 1 })).End.End.Should().Be(TrajectoryEnd.StepLimit);
    }

    [Fact]
    public async Task A_plain_reply_is_an_answer_all_the_same()
    {
        (await RunAsync(new ScriptedChatClient("3"), Add, Options)).End.Answer.Should().Be("3");
    }
}
