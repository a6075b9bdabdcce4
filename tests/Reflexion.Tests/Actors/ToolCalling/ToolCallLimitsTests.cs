using Microsoft.Extensions.AI;
using Reflexion.Testing;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolCallLimitsTests
{
    private static AIFunction Echo { get; } = AIFunctionFactory.Create((int n) => $"echo {n}", "echo");

    [Fact]
    public async Task Calls_beyond_the_step_limit_are_not_made()
    {
        var client = new ScriptedChatClient()
            .Then(CallEcho(1), CallEcho(2))
            .Then(CallEcho(3), CallEcho(4), CallEcho(5));
        TrialLog log = await RunAsync(client, Echo, new() { MaxSteps = 4 });

        log.Steps.Select(step => step.Observation!.Text).Should().Equal("echo 1", "echo 2", "echo 3", "echo 4");
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.StepLimit, null, "All 4 tool calls were made; raise ToolCallingOptions.MaxSteps to allow more."));
    }

    [Fact]
    public async Task After_the_last_call_allowed_the_model_may_still_answer()
    {
        var client = new ScriptedChatClient().Then(CallEcho(1), CallEcho(2)).Then("2");

        (await RunAsync(client, Echo, new() { MaxSteps = 2 })).End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "2"));
    }

    [Fact]
    public async Task The_model_is_called_no_more_than_allowed()
    {
        var client = new ScriptedChatClient().Then(CallEcho(1)).Then(CallEcho(2)).Then("late");
        TrialLog log = await RunAsync(client, Echo, new() { MaxIterations = 2 });

        client.Requests.Should().HaveCount(2);
        log.Steps.Should().HaveCount(2);
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.StepLimit, null, "The model was called 2 times and gave no answer; raise ToolCallingOptions.MaxIterations to allow more."));
    }

    [Fact]
    public async Task The_defaults_allow_twenty_model_calls_and_thirty_tool_calls()
    {
        int n = 0;
        ScriptedChatClient client = new ScriptedChatClient().When(_ => true, _ => Reply(CallEcho(++n)));
        (await RunAsync(client, Echo)).Steps.Should().HaveCount(20);

        client = new ScriptedChatClient().When(_ => true, _ => Reply(CallEcho(++n), CallEcho(++n)));
        (await RunAsync(client, Echo)).Steps.Should().HaveCount(30);
    }

    [Fact]
    public async Task An_empty_reply_is_asked_about_once()
    {
        var client = new ScriptedChatClient().Then(" ").Then("3");
        TrialLog log = await RunAsync(client, Echo);

        log.Steps.Should().Equal(new TrajectoryStep
        {
            Number = 1,
            Observation = new("Your reply was empty. Call a tool, or give your final answer as plain text.") { Integrity = TextIntegrity.Trusted },
            Outcome = StepOutcome.MalformedAction,
        });
        client.Requests[1].Messages.Select(message => message.Role).Should().Equal(ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User);
        client.Requests[1].Last.Should().Be("Your reply was empty. Call a tool, or give your final answer as plain text.");
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "3"));
    }

    [Fact]
    public async Task A_message_without_contents_is_not_sent_back()
    {
        var client = new ScriptedChatClient().Then().Then("3");
        await RunAsync(client, Echo);

        client.Requests[1].Messages.Select(message => message.Role).Should().Equal(ChatRole.System, ChatRole.User, ChatRole.User);
    }

    [Fact]
    public async Task A_second_empty_reply_in_a_row_ends_the_trial()
    {
        var client = new ScriptedChatClient().Then(new TextReasoningContent("hm")).Then(_ => new(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.Length });
        TrialLog log = await RunAsync(client, Echo);

        log.Steps.Select(step => (step.Number, step.Outcome, step.Observation is null)).Should()
            .Equal((1, StepOutcome.MalformedAction, false), (2, StepOutcome.MalformedAction, true));
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.NoProgress, null, "The model replied twice in a row with neither a call nor text. The model's last reply was cut off at its output limit; raise ChatOptions.MaxOutputTokens."));
    }

    [Fact]
    public async Task A_call_in_between_forgives_an_empty_reply()
    {
        var client = new ScriptedChatClient("").Then(CallEcho(1)).Then("").Then("1");
        TrialLog log = await RunAsync(client, Echo);

        log.Steps.Select(step => step.Outcome).Should().Equal(StepOutcome.MalformedAction, StepOutcome.Executed, StepOutcome.MalformedAction);
        log.End.Answer.Should().Be("1");
    }

    [Fact]
    public async Task An_empty_reply_counts_as_no_call()
    {
        var client = new ScriptedChatClient("").Then(CallEcho(1)).Then("1");

        (await RunAsync(client, Echo, new() { MaxSteps = 1 })).End.Answer.Should().Be("1");
    }

    [Fact]
    public async Task A_cycle_ends_the_trial()
    {
        ScriptedChatClient client = new ScriptedChatClient().When(_ => true, _ => Reply(CallEcho(1)));
        TrialLog log = await RunAsync(client, Echo);

        log.Steps.Should().HaveCount(3);
        log.End.End.Should().Be(TrajectoryEnd.Cycle);
    }

    [Fact]
    public async Task A_cycle_within_one_reply_keeps_every_step_that_was_made()
    {
        var client = new ScriptedChatClient().Then(CallEcho(1), CallEcho(1), CallEcho(1), CallEcho(2));
        TrialLog log = await RunAsync(client, Echo);

        log.Steps.Should().HaveCount(4);
        log.End.End.Should().Be(TrajectoryEnd.Cycle);
    }

    [Fact]
    public async Task Progress_options_are_heeded()
    {
        ScriptedChatClient client = new ScriptedChatClient().When(_ => true, _ => Reply(CallEcho(1)));

        (await RunAsync(client, Echo, new() { Progress = new() { CycleRepeats = 2 } })).Steps.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_largest_tool_result_is_shortened_before_the_window_overflows()
    {
        AIFunction text = AIFunctionFactory.Create((int length) => new string((char)('a' + (length % 7)), length), "text");
        var client = new ScriptedChatClient()
            .Then(Call("1", "text", """{"length":3000}"""), Call("2", "text", """{"length":500}"""))
            .Then(Call("3", "text", """{"length":3001}"""))
            .Then("done");
        TrialLog log = await RunAsync(client, text, new() { Context = new() { MaxInputTokens = 1400 } });

        log.End.Answer.Should().Be("done");
        log.Steps.Select(step => step.Observation!.Text.Length).Should().Equal(3000, 500, 3001);
        Results(client.Requests[1]).Should().Equal(3000, 500);
        Results(client.Requests[2]).Should().SatisfyRespectively(first => first.Should().BeLessThan(3000), second => second.Should().Be(500), third => third.Should().BeLessThan(3001));
        client.Requests[2].Messages[..2].Select(message => message.Text).Should().Equal(client.Requests[0].Messages.Select(message => message.Text));
        client.Requests[2].Messages[3].Contents.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_made_to_fit_ends_with_a_reason()
    {
        TrialLog log = await RunAsync(new ScriptedChatClient("never"), Echo, new() { Context = new() { MaxInputTokens = 10 } });

        log.End.End.Should().Be(TrajectoryEnd.ContextLimit);
        log.End.Detail.Should().Contain("the context window holds 10");
    }

    [Fact]
    public async Task The_definitions_of_tools_count_against_the_window()
    {
        AIFunction wordy = AIFunctionFactory.Create((int n) => n, "wordy", new string('x', 4000));
        var options = new ToolCallingOptions { Context = new() { MaxInputTokens = 1000 } };

        (await RunAsync(new ScriptedChatClient("3"), Echo, options)).End.End.Should().Be(TrajectoryEnd.Answered);
        (await RunAsync(new ScriptedChatClient("3"), wordy, options)).End.End.Should().Be(TrajectoryEnd.ContextLimit);
    }

    public static TheoryData<ToolCallingOptions, string> Refused => new()
    {
        { new() { MaxSteps = 0 }, "MaxSteps" },
        { new() { MaxIterations = 0 }, "MaxIterations" },
        { new() { MaxParallelCalls = 0 }, "MaxParallelCalls" },
        { new() { MaxObservationCharacters = 39 }, "MaxObservationCharacters" },
        { new() { ToolTimeout = TimeSpan.Zero }, "ToolTimeout" },
        { new() { ToolTimeout = TimeSpan.FromDays(25) }, "ToolTimeout" },
        { new() { Approve = null! }, "Approve" },
        { new() { Context = null! }, "Context" },
        { new() { Context = new() { MaxInputTokens = 0 } }, "MaxInputTokens" },
        { new() { Progress = null! }, "Progress" },
        { new() { Progress = new() { CycleRepeats = 1 } }, "CycleRepeats" },
        { new() { AnswerToolName = " " }, "AnswerToolName" },
        { new() { Instructions = "" }, "Instructions" },
        { new() { ChatOptions = new() { Tools = [Echo] } }, "ChatOptions" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_out_of_range_are_refused(ToolCallingOptions options, string name)
    {
        FluentActions.Invoking(() => new ToolCallingActor(new ScriptedChatClient(), [], options)).Should().Throw<ArgumentException>().Which.Message.Should().Contain(name);
    }

    [Fact]
    public void Options_at_the_edge_are_accepted()
    {
        FluentActions.Invoking(() => new ToolCallingActor(new ScriptedChatClient(), [], new()
        {
            MaxSteps = 1,
            MaxIterations = 1,
            MaxParallelCalls = 1,
            MaxObservationCharacters = 40,
            ToolTimeout = Timeout.InfiniteTimeSpan,
            ChatOptions = new() { Tools = [] },
        })).Should().NotThrow();
    }

    private static FunctionCallContent CallEcho(int n) => Call($"c{n}", "echo", $$"""{"n":{{n}}}""");

    private static IEnumerable<int> Results(ScriptedRequest request) =>
        request.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => ((string)result.Result!).Length);
}
