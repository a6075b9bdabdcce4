using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolCallingActorTests
{
    [Fact]
    public async Task The_first_reply_without_calls_is_the_answer()
    {
        TrialLog log = await RunAsync(new ScriptedChatClient("  It is 3. \n"), Add);

        log.Events.Should().Equal(new ActorFinished(TrajectoryEnd.Answered, "It is 3."));
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_says_so()
    {
        var client = new ScriptedChatClient().Then(_ => new(new ChatMessage(ChatRole.Assistant, "It is")) { FinishReason = ChatFinishReason.Length });

        (await RunAsync(client, Add)).End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "It is", "The model's last reply was cut off at its output limit; raise ChatOptions.MaxOutputTokens."));
    }

    [Fact]
    public async Task A_call_becomes_a_typed_step()
    {
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(new TextContent(" I add. "), Call("c1", "add", """{"a":1,"b":2,"note":"é<"}""")).Then("3"), Add);

        log.Steps.Should().Equal(new TrajectoryStep
        {
            Number = 1,
            Thought = "I add.",
            Action = new("""add({"a":1,"b":2,"note":"é<"})""") { Name = "add", Argument = """{"a":1,"b":2,"note":"é<"}""", CallId = "c1" },
            Observation = new("3") { Integrity = TextIntegrity.Untrusted },
            Outcome = StepOutcome.Executed,
        });
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "3"));
    }

    [Fact]
    public async Task The_model_gets_its_own_message_back_and_all_results_in_one_tool_message()
    {
        var reasoning = new TextReasoningContent("hm") { ProtectedData = "sealed" };
        ChatResponse reply = Reply(reasoning, new TextContent("Both."), Call("c1", "add", """{"a":1,"b":2}"""), Call("c2", "add", """{"a":3,"b":4}"""));
        var client = new ScriptedChatClient().Then(_ => reply).Then("done");
        await RunAsync(client, Add);

        IReadOnlyList<ChatMessage> sent = client.Requests[1].Messages;
        sent.Select(message => message.Role).Should().Equal(ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool);
        sent[1].Text.Should().Be("Add 1 and 2.");
        sent[2].Should().BeSameAs(reply.Messages[0]);
        sent[2].Contents[0].Should().BeSameAs(reasoning);
        sent[3].Contents.Cast<FunctionResultContent>().Select(result => (result.CallId, result.Result, result.Exception))
            .Should().Equal(("c1", "3", null), ("c2", "7", null));
    }

    [Fact]
    public async Task Results_of_different_replies_stay_in_messages_of_their_own()
    {
        var client = new ScriptedChatClient().Then(Call("c1", "add", """{"a":1,"b":2}""")).Then(Call("c2", "add", """{"a":3,"b":4}""")).Then("done");
        TrialLog log = await RunAsync(client, Add);

        client.Requests[2].Messages.Select(message => message.Role)
            .Should().Equal(ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.Tool);
        log.Steps.Select(step => (step.Number, step.Observation!.Text)).Should().Equal((1, "3"), (2, "7"));
    }

    [Fact]
    public async Task Each_call_has_the_text_since_the_call_before_it_as_its_thought()
    {
        var client = new ScriptedChatClient()
            .Then(new TextContent("first "), new TextContent("one"), Call("1", "add", """{"a":1,"b":1}"""), Call("2", "add", """{"a":2,"b":2}"""), new TextContent("third"), Call("3", "add", """{"a":3,"b":3}"""))
            .Then("done");

        (await RunAsync(client, Add)).Steps.Select(step => step.Thought).Should().Equal("first one", null, "third");
    }

    [Fact]
    public async Task Streaming_brings_the_same_steps_and_end_and_the_text_as_it_comes()
    {
        static ScriptedChatClient Script() => new ScriptedChatClient()
            .Then(new TextReasoningContent("hm"), new TextContent("I add both."), Call("c1", "add", """{"a":1,"b":2}"""), Call("c2", "nothing"))
            .Then("It is 3.");
        ScriptedChatClient whole = Script();
        ScriptedChatClient streamed = Script();
        TrialLog expected = await RunAsync(whole, Add);
        TrialLog actual = await RunAsync(streamed, Add, run: new(streams: true));

        expected.Events.Should().NotContain(happened => happened is ModelTextDelta);
        actual.Events.Where(happened => happened is not ModelTextDelta).Should().Equal(expected.Events);
        actual.Events.OfType<ModelTextDelta>().Select(delta => delta.Text).Should().Equal("I ", "add ", "both.", "It ", "is ", "3.");
        actual.Events.TakeWhile(happened => happened is ModelTextDelta).Should().HaveCount(3);
        streamed.Requests[1].Messages.SelectMany(message => message.Contents).Select(content => content.GetType())
            .Should().Equal(whole.Requests[1].Messages.SelectMany(message => message.Contents).Select(content => content.GetType()));
        streamed.Requests[1].Text.Should().Be(whole.Requests[1].Text);
    }

    [Fact]
    public async Task Calls_that_the_pipeline_has_made_already_are_left_alone()
    {
        int ran = 0;
        AIFunction tool = AIFunctionFactory.Create(() => ++ran, "tool");
        var client = new ScriptedChatClient().Then(_ => new(
        [
            new(ChatRole.Assistant, [new TextContent("wait"), new FunctionCallContent("c", "tool") { InformationalOnly = true }]),
            new(ChatRole.Tool, [new FunctionResultContent("c", "1")]),
            new(ChatRole.Assistant, "It is 1."),
        ]));

        (await RunAsync(client, tool)).Events.Should().Equal(new ActorFinished(TrajectoryEnd.Answered, "It is 1."));
        ran.Should().Be(0);
    }

    [Fact]
    public async Task Chat_options_are_copied_for_each_call_and_carry_the_tools()
    {
        var seen = new List<ChatOptions>();
        var mine = new ChatOptions { Temperature = 0.5f, ModelId = "m" };
        AITool search = new HostedWebSearchTool();
        var client = new OptionsSpy(new ScriptedChatClient().Then(Call("c", "add", """{"a":1,"b":2}""")).Then("3"), seen);
        await RunAsync(new ToolCallingActor(client, [Add, search], new() { ChatOptions = mine }));

        seen.Should().HaveCount(2);
        seen[0].Should().NotBeSameAs(seen[1]);
        seen.Should().OnlyContain(options => options.Temperature == 0.5f && options.ModelId == "m");
        seen.Should().AllSatisfy(options => options.Tools.Should().Equal(Add, search));
        mine.Tools.Should().BeNull();
    }

    [Fact]
    public async Task Without_tools_none_are_offered()
    {
        var client = new ScriptedChatClient().Then(Call("c", "add")).Then("3");
        TrialLog log = await RunAsync(new ToolCallingActor(client, []));

        client.Requests[0].Options!.Tools.Should().BeNull();
        log.Steps.Single().Observation!.Text.Should().Be("There is no tool named 'add'. The tools are: none.");
    }

    [Fact]
    public async Task Tools_of_a_factory_are_got_once_a_trial_for_its_task()
    {
        var asked = new List<(AgentTask, CancellationToken)>();
        using var source = new CancellationTokenSource();
        var client = new ScriptedChatClient().Then(Call("c", "add", """{"a":1,"b":2}""")).Then("3").Then("again");
        var actor = new ToolCallingActor(client, (task, token) =>
        {
            asked.Add((task, token));
            return ValueTask.FromResult<IReadOnlyList<AITool>>([Add]);
        });
        asked.Should().BeEmpty();

        (await RunAsync(actor, cancellationToken: source.Token)).Steps.Single().Observation!.Text.Should().Be("3");
        await RunAsync(actor, cancellationToken: source.Token);

        asked.Should().Equal((ToolCallingHarness.Task, source.Token), (ToolCallingHarness.Task, source.Token));
    }

    [Fact]
    public async Task A_factory_that_fails_ends_the_trial_with_its_exception()
    {
        var actor = new ToolCallingActor(new ScriptedChatClient("x"), (_, _) => throw new InvalidOperationException("no server"));

        await actor.Invoking(it => RunAsync(it)).Should().ThrowAsync<InvalidOperationException>().WithMessage("no server");
    }

    [Fact]
    public async Task A_factory_that_returns_nothing_is_told_what_to_return()
    {
        var actor = new ToolCallingActor(new ScriptedChatClient("x"), (_, _) => ValueTask.FromResult<IReadOnlyList<AITool>>(null!));

        await actor.Invoking(it => RunAsync(it)).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("The factory of tools returned null; return an empty list where a trial has none.");
    }

    [Fact]
    public async Task A_model_that_fails_ends_the_trial_with_its_exception()
    {
        var client = new ScriptedChatClient().Then(_ => throw new HttpRequestException("down"));

        await client.Invoking(it => RunAsync(it, Add)).Should().ThrowAsync<HttpRequestException>().WithMessage("down");
    }

    [Fact]
    public async Task Model_calls_are_charged_to_the_actor()
    {
        var run = new EpisodeRun(ledger: new(new() { MaxModelCalls = 1 }));
        var client = new ScriptedChatClient().Then(Call("c", "add", """{"a":1,"b":2}""")).Then("3");

        await client.Invoking(it => RunAsync(it, Add, run: run)).Should().ThrowAsync<BudgetExhaustedException>();
        run.Ledger.Snapshot().ByComponent[AgentComponent.Actor].Calls.Should().Be(1);
    }

    [Fact]
    public void Bad_arguments_are_refused_at_the_door()
    {
        var client = new ScriptedChatClient();
        AIFunction other = AIFunctionFactory.Create(() => 1, "add");
        FluentActions.Invoking(() => new ToolCallingActor(null!, [Add])).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ToolCallingActor(client, (IEnumerable<AITool>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ToolCallingActor(client, (Func<AgentTask, CancellationToken, ValueTask<IReadOnlyList<AITool>>>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ToolCallingActor(client, [null!])).Should().Throw<ArgumentException>().WithMessage("A tool is null.*");
        FluentActions.Invoking(() => new ToolCallingActor(client, [Add, other])).Should().Throw<ArgumentException>()
            .WithMessage("Two tools are named 'add'; the model could not tell them apart. Rename one.*");
        FluentActions.Invoking(() => new ToolCallingActor(client, []).CreatePrompt(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => RunAsync(new ToolCallingActor(client, (_, _) => ValueTask.FromResult<IReadOnlyList<AITool>>([Add, other]))))
            .Should().ThrowAsync<ArgumentException>();
    }

    private sealed class OptionsSpy(IChatClient inner, List<ChatOptions> seen) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            seen.Add(options!);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
