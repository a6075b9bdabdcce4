using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolCallOutcomeTests
{
    private const string AddSignature = "Call it as add(a: integer, b: integer, note?: string|null).";

    [Fact]
    public async Task An_unknown_tool_is_answered_with_the_names_there_are()
    {
        AIFunction other = AIFunctionFactory.Create(() => 1, "other");
        var client = new ScriptedChatClient().Then(Call("c", "Add", """{"a":1}""")).Then("done");
        TrialLog log = await RunAsync(new ToolCallingActor(client, [Add, new HostedWebSearchTool(), other]));

        TrajectoryStep step = log.Steps.Single();
        step.Outcome.Should().Be(StepOutcome.UnknownTool);
        step.Observation.Should().Be(new Observation("There is no tool named 'Add'. The tools are: add, other."));
        client.Requests[1].Messages[^1].Contents.Single().Should().BeOfType<FunctionResultContent>()
            .Which.Should().BeEquivalentTo(new { CallId = "c", Result = step.Observation!.Text });
    }

    [Fact]
    public async Task Arguments_that_are_no_json_are_answered_with_the_fault_and_the_signature()
    {
        FunctionCallContent call = FunctionCallContent.CreateFromParsedArguments(
            "{bad", "c", "add", static text => JsonElement.Parse(text).EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value));
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(call).Then("done"), Add);

        TrajectoryStep step = log.Steps.Single();
        step.Outcome.Should().Be(StepOutcome.InvalidArguments);
        step.Observation!.Text.Should().StartWith("The arguments of 'add' are wrong: they could not be read ('b' is an invalid start of a property name.").And.EndWith(AddSignature);
        step.Action.Should().Be(new AgentAction("add()") { Name = "add", CallId = "c" });
    }

    [Theory]
    [InlineData("{}", "'a' is missing; 'b' is missing")]
    [InlineData("""{"a":1}""", "'b' is missing")]
    [InlineData("""{"a":1,"b":"two"}""", "'b' is \"two\", which is not integer")]
    [InlineData("""{"a":null,"b":[1, 2]}""", "'a' is null, which is not integer; 'b' is [1,2], which is not integer")]
    [InlineData("""{"a":1,"b":2,"note":{"x":1}}""", "'note' is {\"x\":1}, which is not string|null")]
    public async Task Arguments_that_do_not_fit_are_answered_with_the_fault_and_the_signature(string json, string fault)
    {
        TrajectoryStep step = await StepOfAsync(Add, json);

        step.Outcome.Should().Be(StepOutcome.InvalidArguments);
        step.Observation!.Text.Should().Be($"The arguments of 'add' are wrong: {fault}. {AddSignature}");
    }

    [Fact]
    public async Task Missing_arguments_altogether_are_missing_one_by_one()
    {
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(new FunctionCallContent("c", "add")).Then("done"), Add);

        log.Steps.Single().Should().Match<TrajectoryStep>(step => step.Outcome == StepOutcome.InvalidArguments && step.Action!.Argument == "{}");
    }

    [Theory]
    [InlineData(2.5, "2.5")]
    [InlineData("x", "\"x\"")]
    public async Task Arguments_that_a_client_has_parsed_already_are_checked_too(object? value, string shown)
    {
        AIFunction tool = AIFunctionFactory.Create((int n) => n.CompareTo(int.Parse("3")), "tool");
        var call = new FunctionCallContent("c", "tool", new Dictionary<string, object?> { ["n"] = value });
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(call).Then("done"), tool);

        log.Steps.Single().Observation!.Text.Should().Be($"The arguments of 'tool' are wrong: 'n' is {shown}, which is not integer. Call it as tool(n: integer).");
    }

    [Fact]
    public async Task A_null_is_no_fault_of_its_own()
    {
        AIFunction tool = AIFunctionFactory.Create(int (int n) => throw new ArgumentException($"not {n}"), "tool");
        var call = new FunctionCallContent("c", "tool", new Dictionary<string, object?> { ["n"] = null });
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(call).Then("done"), tool);

        log.Steps.Single().Observation!.Text.Should().Be("The tool 'tool' failed: not 0");
    }

    [Fact]
    public async Task Arguments_that_the_binder_can_read_are_read()
    {
        (await StepOfAsync(Add, """{"a":"1","b":2,"unasked":true}""")).Observation!.Text.Should().Be("3");
    }

    [Fact]
    public async Task Unknown_arguments_are_a_fault_where_the_schema_forbids_them()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"unit":{"enum":["C","F"]},"any":{},"yes":true},"additionalProperties":false}""");
        TrajectoryStep step = await StepOfAsync(new RawFunction("weather", schema, _ => "sunny"), """{"units":"C","unit":"C"}""");

        step.Outcome.Should().Be(StepOutcome.InvalidArguments);
        step.Observation!.Text.Should().Be("""The arguments of 'weather' are wrong: there is no 'units'. Call it as weather(unit?: "C"|"F", any?: any, yes?: any).""");
    }

    [Fact]
    public async Task A_closed_schema_without_properties_takes_nothing()
    {
        var schema = JsonElement.Parse("""{"type":"object","additionalProperties":false}""");
        TrajectoryStep step = await StepOfAsync(new RawFunction("now", schema, _ => "noon"), """{"x":1}""");

        step.Observation!.Text.Should().Be("The arguments of 'now' are wrong: there is no 'x'. Call it as now().");
        (await StepOfAsync(new RawFunction("now", schema, _ => "noon"))).Observation!.Text.Should().Be("noon");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("""{"required":"a","properties":[]}""")]
    [InlineData("""{"required":[1],"additionalProperties":true}""")]
    public async Task A_schema_that_says_nothing_lets_everything_pass(string schema)
    {
        (await StepOfAsync(new RawFunction("odd", JsonElement.Parse(schema), _ => "fine"), """{"x":1}""")).Observation!.Text.Should().Be("fine");
    }

    [Fact]
    public async Task An_exception_becomes_an_observation_with_its_message_and_without_its_stack()
    {
        AIFunction tool = AIFunctionFactory.Create(string (string key) => throw new KeyNotFoundException($"No {key} here."), "find");
        var client = new ScriptedChatClient().Then(Call("c", "find", """{"key":"k"}""")).Then("done");
        TrialLog log = await RunAsync(client, tool);

        log.Steps.Single().Should().Match<TrajectoryStep>(step => step.Outcome == StepOutcome.ToolFailed && step.Observation!.Text == "The tool 'find' failed: No k here.");
        client.Requests[1].Messages[^1].Contents.Cast<FunctionResultContent>().Single().Exception.Should().BeOfType<KeyNotFoundException>();
    }

    [Fact]
    public async Task An_exceptions_message_can_be_kept_from_the_model()
    {
        AIFunction tool = AIFunctionFactory.Create(string () => throw new InvalidOperationException("password=1234"), "find");
        var client = new ScriptedChatClient().Then(Call("c", "find")).Then("done");
        TrialLog log = await RunAsync(client, tool, new() { IncludeExceptionMessages = false });

        log.Steps.Single().Should().Match<TrajectoryStep>(step => step.Outcome == StepOutcome.ToolFailed && step.Observation!.Text == "The tool 'find' failed.");
        client.Requests[1].Messages[^1].Contents.Cast<FunctionResultContent>().Single().Exception.Should().BeNull();
    }

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(JsonException))]
    public async Task An_exception_of_the_tools_own_is_not_taken_for_bad_arguments(Type type)
    {
        AIFunction tool = AIFunctionFactory.Create(string (DayOfWeek day, AIFunctionArguments all) => throw (Exception)Activator.CreateInstance(type, "mine")!, "find");
        TrajectoryStep step = await StepOfAsync(tool, """{"day":"Monday"}""");

        step.Outcome.Should().Be(StepOutcome.ToolFailed);
        step.Observation!.Text.Should().Be("The tool 'find' failed: mine");
    }

    [Fact]
    public async Task An_argument_exception_of_a_foreign_tool_is_its_failure()
    {
        TrajectoryStep step = await StepOfAsync(new RawFunction("find", JsonElement.Parse("{}"), _ => throw new ArgumentException("mine")), """{"x":1}""");

        step.Outcome.Should().Be(StepOutcome.ToolFailed);
    }

    [Fact]
    public async Task A_parameter_of_a_type_the_serializer_does_not_know_is_not_blamed()
    {
        AIFunction inner = AIFunctionFactory.Create(string (int n) => throw new ArgumentException("mine"), "find");
        var call = new FunctionCallContent("c", "find", new Dictionary<string, object?> { ["n"] = new Action(() => { }) });

        ArgumentCheck.After(inner, call).Should().BeNull();
        ArgumentCheck.After(inner, new("c", "find")).Should().BeNull();
        (await StepOfAsync(inner, """{"n":1}""")).Observation!.Text.Should().Be("The tool 'find' failed: mine");
    }

    [Fact]
    public async Task A_tool_that_cancels_itself_has_failed()
    {
        AIFunction tool = AIFunctionFactory.Create(string () => throw new OperationCanceledException("I gave up."), "slow");
        TrajectoryStep step = await StepOfAsync(tool);

        step.Outcome.Should().Be(StepOutcome.ToolFailed);
        step.Observation!.Text.Should().Be("The tool 'slow' failed: I gave up.");
    }

    [Fact]
    public async Task A_call_that_needs_an_approval_is_denied_by_default()
    {
        int ran = 0;
        AIFunction tool = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => ++ran, "pay"));
        TrajectoryStep step = await StepOfAsync(tool);

        step.Outcome.Should().Be(StepOutcome.ApprovalDenied);
        step.Observation!.Text.Should().Be("The call of 'pay' needs an approval that was not given, so it was not made. Do not repeat it: find another way, or say in your answer what is missing.");
        ran.Should().Be(0);
    }

    [Fact]
    public async Task An_approval_is_asked_with_everything_known_of_the_call()
    {
        var asked = new List<(ToolApprovalRequest Request, CancellationToken Token)>();
        using var source = new CancellationTokenSource();
        AIFunction tool = new Wrapped(new ApprovalRequiredAIFunction(AIFunctionFactory.Create((int amount) => $"paid {amount}", "pay")));
        FunctionCallContent call = Call("c", "pay", """{"amount": 5}""");
        var actor = new ToolCallingActor(new ScriptedChatClient().Then(call).Then("done"), [tool], new()
        {
            Approve = (request, token) =>
            {
                asked.Add((request, token));
                return ValueTask.FromResult(true);
            },
        });
        TrialLog log = await RunAsync(actor, cancellationToken: source.Token);

        log.Steps.Single().Should().Match<TrajectoryStep>(step => step.Outcome == StepOutcome.Executed && step.Observation!.Text == "paid 5");
        asked.Should().Equal((new ToolApprovalRequest(ToolCallingHarness.Task, 2, tool, call, """{"amount":5}"""), source.Token));
    }

    [Fact]
    public async Task Nobody_is_asked_to_approve_a_call_that_cannot_be_made()
    {
        AIFunction tool = new ApprovalRequiredAIFunction(Add);
        TrajectoryStep step = await StepOfAsync(tool, """{"a":1}""", new() { Approve = (_, _) => throw new InvalidOperationException("asked") });

        step.Outcome.Should().Be(StepOutcome.InvalidArguments);
    }

    [Fact]
    public async Task A_tool_that_is_only_declared_ends_the_trial()
    {
        AITool tool = Add.AsDeclarationOnly();
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Call("c", "add", """{"a":1,"b":2}""")).Then("never"), tool);

        log.Steps.Single().Should().Match<TrajectoryStep>(step =>
            step.Outcome == StepOutcome.ToolFailed && step.Observation!.Text == "The tool 'add' is only declared: nothing here can run it.");
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Failed, null, "The model called 'add', which is only declared; give the actor an AIFunction of this name."));
    }

    [Fact]
    public async Task A_tool_gets_services_the_trial_and_arguments_of_its_own()
    {
        AIFunctionArguments? got = null;
        var services = new EmptyServices();
        AIFunction tool = AIFunctionFactory.Create(
            (AIFunctionArguments arguments, [Description("x")] int x) =>
            {
                got = arguments;
                arguments["x"] = 99;
                return x;
            },
            "tool");
        FunctionCallContent call = Call("c", "tool", """{"x":1}""");
        var run = new EpisodeRun();
        await RunAsync(new ScriptedChatClient().Then(call).Then("done"), tool, new() { Services = services }, run);

        got!.Services.Should().BeSameAs(services);
        got.Context![typeof(ActorContext)].Should().BeOfType<ActorContext>().Which.Run.Should().BeSameAs(run);
        call.Arguments!["x"].Should().BeOfType<JsonElement>();
    }

    [Fact]
    public async Task A_tool_that_finds_the_budget_exhausted_ends_the_episode_not_the_call()
    {
        AIFunction tool = AIFunctionFactory.Create(string () => throw new InvalidOperationException("sub-agent", new BudgetExhaustedException("no calls left")), "ask");

        await new ScriptedChatClient().Then(Call("c", "ask")).Invoking(client => RunAsync(client, tool))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("sub-agent");
    }

    private sealed class Wrapped(AIFunction inner) : DelegatingAIFunction(inner);

    private sealed class EmptyServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
