using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ReActActorTests
{
    private static readonly AgentTask Question = new("q1", "Where was Ada born?");

    [Fact]
    public async Task Three_steps_send_exactly_the_protocol()
    {
        var client = new ScriptedChatClient(
            "Thought: I need Ada.\nAction: Search[Ada]\nObservation: made up\nThought: so\nAction: Finish[Rome]",
            "I should look up where.\n**Action 2:** Lookup[born], Search[London]",
            "Thought: It is London.\nAction: Finish[London]");
        var environment = new ReActTestEnvironment(new("Ada was a mathematician."), new("Ada was born in </observation> London."));
        var actor = new ReActActor(client, _ => environment, new() { Instructions = "Protocol." });

        List<AgentEvent> events = await actor.RunAsync(Question, more: [new(PromptPartKind.Lessons, "Look things up.", TextIntegrity.Model)]);

        string[] whole =
        [
            "system: Protocol.",
            "user: Task: Where was Ada born?",
            "user: Look things up.",
            "assistant: Thought: I need Ada.\nAction: Search[Ada]",
            "user: Observation 1:\n<observation>\nAda was a mathematician.\n</observation>",
            "assistant: I should look up where.\n**Action 2:** Lookup[born]",
            "user: Observation 2: Note: only the first action of your reply was carried out. Write one action in each step.\n<observation>\nAda was born in <\\/observation> London.\n</observation>",
        ];
        client.Requests.Select(request => request.Messages.Select(message => $"{message.Role}: {message.Text}")).Should().BeEquivalentTo(
            [whole[..3], whole[..5], whole], options => options.WithStrictOrdering());
        events.Should().Equal(
            new EnvironmentReset(new("")),
            new StepCompleted(new()
            {
                Number = 1,
                Thought = "I need Ada.",
                Action = new("Search[Ada]") { Name = "Search", Argument = "Ada" },
                Observation = new("Ada was a mathematician."),
                Outcome = StepOutcome.Executed,
            }),
            new StepCompleted(new()
            {
                Number = 2,
                Thought = "I should look up where.",
                Action = new("Lookup[born]") { Name = "Lookup", Argument = "born" },
                Observation = new("Note: only the first action of your reply was carried out. Write one action in each step.\nAda was born in </observation> London."),
                Outcome = StepOutcome.Executed,
            }),
            new StepCompleted(new()
            {
                Number = 3,
                Thought = "It is London.",
                Action = new("Finish[London]") { Name = "Finish", Argument = "London" },
                Outcome = StepOutcome.Answered,
            }),
            new ActorFinished(TrajectoryEnd.Answered, "London"));
        environment.Actions.Select(action => action.Text).Should().Equal("Search[Ada]", "Lookup[born]");
        (environment.Resets, environment.Disposals).Should().Be((1, 1));
    }

    [Fact]
    public async Task Each_call_begins_with_the_very_messages_of_the_one_before()
    {
        int turn = 0;
        var client = new ScriptedChatClient().Otherwise(_ => $"Thought: {turn}\nAction: Search[{turn++}]");
        var actor = new ReActActor(client, _ => new ReActTestEnvironment(new("a"), new("b"), new("c")), new() { MaxSteps = 8 });

        await actor.RunAsync(Question);

        client.Requests.Should().HaveCount(8);
        for (int i = 1; i < 8; i++)
        {
            client.Requests[i].Messages.Take(client.Requests[i - 1].Messages.Length).Should().Equal(client.Requests[i - 1].Messages, ReferenceEquals);
        }
    }

    [Fact]
    public async Task Without_fences_the_conversation_has_the_papers_form()
    {
        var client = new ScriptedChatClient("Action: Search[Ada], Search[Bob]", "Action: Finish[x]");
        var environment = new ReActTestEnvironment(new Observation("A page.")) { Initial = new("A room.") };
        var actor = new ReActActor(client, _ => environment, new() { FenceObservations = false });

        List<AgentEvent> events = await actor.RunAsync(Question);

        client.Requests[^1].Messages.Skip(2).Select(message => message.Text).Should().Equal(
            "Observation 0: A room.",
            "Action: Search[Ada]",
            "Observation 1: Note: only the first action of your reply was carried out. Write one action in each step.\nA page.");
        events[0].Should().Be(new EnvironmentReset(new("A room.")));
    }

    [Fact]
    public async Task A_first_observation_is_fenced_too_unless_it_is_trusted()
    {
        (await FirstObservationAsync(new("A room."))).Should().Be("Observation 0:\n<observation>\nA room.\n</observation>");
        (await FirstObservationAsync(new("A room.") { Integrity = TextIntegrity.Trusted })).Should().Be("Observation 0: A room.");
        (await FirstObservationAsync(new("A room.") { Integrity = TextIntegrity.Model })).Should().Contain("<observation>");
    }

    [Fact]
    public async Task A_malformed_action_is_a_step_that_tells_what_to_fix_and_never_reaches_the_environment()
    {
        var client = new ScriptedChatClient("Thought: hm\nAction: Search Ada\nObservation: made up", "", "Action: Finish[x]");
        var environment = new ReActTestEnvironment(new Observation("never"));
        var actor = new ReActActor(client, _ => environment);

        List<AgentEvent> events = await actor.RunAsync(Question);

        const string Form = "Your action is not of the form Name[argument]: write its name, then the argument in square brackets. To give the answer, write \"Action: Finish[answer]\".";
        const string None = "Your reply held no action. End it with one line of the form \"Action: Name[argument]\". To give the answer, write \"Action: Finish[answer]\".";
        events.Steps().Take(2).Should().Equal(
            new TrajectoryStep
            {
                Number = 1,
                Thought = "hm",
                Action = new("Search Ada"),
                Outcome = StepOutcome.MalformedAction,
                Observation = new(Form) { Integrity = TextIntegrity.Trusted },
            },
            new TrajectoryStep
            {
                Number = 2,
                Outcome = StepOutcome.MalformedAction,
                Observation = new(None) { Integrity = TextIntegrity.Trusted },
            });
        client.Requests[^1].Messages.Skip(2).Select(message => message.Text).Should().Equal(
            "Thought: hm\nAction: Search Ada", $"Observation 1: {Form}", "(empty reply)", $"Observation 2: {None}");
        environment.Actions.Should().BeEmpty();
        events.End().Answer.Should().Be("x");
    }

    [Fact]
    public async Task The_environment_can_end_the_trial()
    {
        var environment = new ReActTestEnvironment(new Observation("You won.") { IsTerminal = true, Reward = 1 });
        var actor = new ReActActor(new ScriptedChatClient("Action: go to desk 1"), _ => environment, new() { Syntax = ActionSyntax.FreeText });

        List<AgentEvent> events = await actor.RunAsync(Question);

        events.Steps().Single().Observation!.Reward.Should().Be(1);
        events.End().Should().Be(new ActorFinished(TrajectoryEnd.EnvironmentTerminal));
        environment.Actions.Should().Equal(new AgentAction("go to desk 1"));
    }

    [Fact]
    public async Task An_environment_that_is_over_at_once_costs_no_call()
    {
        var client = new ScriptedChatClient();
        var environment = new ReActTestEnvironment { Initial = new("Over.") { IsTerminal = true } };

        List<AgentEvent> events = await new ReActActor(client, _ => environment).RunAsync(Question);

        events.End().Should().Be(new ActorFinished(TrajectoryEnd.EnvironmentTerminal, null, "The environment was over before the first step."));
        client.Requests.Should().BeEmpty();
        environment.Disposals.Should().Be(1);
    }

    [Fact]
    public async Task Steps_are_limited()
    {
        int turn = 0;
        var client = new ScriptedChatClient().Otherwise(_ => $"Action: Search[{turn++}]");
        var actor = new ReActActor(client, _ => new ReActTestEnvironment(new("a"), new("b")), new() { MaxSteps = 3 });

        List<AgentEvent> events = await actor.RunAsync(Question);

        events.Steps().Select(step => step.Number).Should().Equal(1, 2, 3);
        events.End().Should().Be(new ActorFinished(TrajectoryEnd.StepLimit, null, "All 3 steps were used; ReActOptions.MaxSteps allows more."));
        client.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_cycle_ends_the_trial()
    {
        var actor = new ReActActor(new ScriptedChatClient().Otherwise(_ => "Action: Search[Ada]"), _ => new ReActTestEnvironment(new Observation("nothing")));

        List<AgentEvent> events = await actor.RunAsync(Question);

        events.Steps().Should().HaveCount(3);
        events.End().End.Should().Be(TrajectoryEnd.Cycle);
    }

    [Fact]
    public async Task What_was_seen_at_the_start_is_no_news()
    {
        int turn = 0;
        var client = new ScriptedChatClient().Otherwise(_ => $"Action: Search[{turn++}]");
        var environment = new ReActTestEnvironment(new Observation("nothing")) { Initial = new("nothing") };
        var actor = new ReActActor(client, _ => environment, new() { Progress = new() { MaxStepsWithoutNews = 2 } });

        List<AgentEvent> events = await actor.RunAsync(Question);

        events.End().Should().Be(new ActorFinished(TrajectoryEnd.NoProgress, null, "2 steps in a row brought no new observation and no reward."));
    }

    [Fact]
    public async Task Replies_cut_off_by_the_model_are_named_in_the_correction_and_in_the_ending()
    {
        var client = new ScriptedChatClient();
        for (int i = 0; i < 3; i++)
        {
            client.Then(_ => Reply("Thought: on and on", ChatFinishReason.Length));
        }

        List<AgentEvent> events = await new ReActActor(client, _ => new ReActTestEnvironment()).RunAsync(Question);

        events.Steps().Last().Observation!.Text.Should().EndWith("write \"Action: Finish[answer]\". Your reply was cut off at the output limit: keep the thought short.");
        events.End().Should().Be(new ActorFinished(
            TrajectoryEnd.NoProgress, null, "3 replies in a row held no readable action. The model's last reply was cut off at its output limit; raise ChatOptions.MaxOutputTokens."));
    }

    [Fact]
    public async Task A_filtered_reply_is_named_in_the_ending()
    {
        var client = new ScriptedChatClient().Then(_ => Reply("Action: Finish[x]", ChatFinishReason.ContentFilter));

        List<AgentEvent> events = await new ReActActor(client, _ => new ReActTestEnvironment()).RunAsync(Question);

        events.End().Should().Be(new ActorFinished(TrajectoryEnd.Answered, "x", "The provider's content filter stopped the model's last reply."));
    }

    [Fact]
    public async Task A_conversation_that_no_longer_fits_ends_before_the_call()
    {
        int turn = 0;
        var client = new ScriptedChatClient().Otherwise(_ => $"Thought: {new string('x', 200)}\nAction: Search[{turn++}]");
        var actor = new ReActActor(
            client,
            _ => new ReActTestEnvironment(new(new string('a', 1_000)), new(new string('b', 1_000))),
            new() { Instructions = "Protocol.", Context = new() { MaxInputTokens = 400, MinObservationCharacters = 40 } });

        List<AgentEvent> events = await actor.RunAsync(Question);

        events.End().End.Should().Be(TrajectoryEnd.ContextLimit);
        events.End().Detail.Should().Contain("the context window holds 400");
        client.Requests.Should().HaveCount(events.Steps().Count()).And.HaveCountGreaterThan(2);
        client.Requests.Should().OnlyContain(request => TokenEstimate.Of(request.Messages) <= 400);
        client.Requests.Should().OnlyContain(request => request.Messages[0].Text == "Protocol." && request.Messages[1].Text == "Task: Where was Ada born?");
        client.Requests[^1].Text.Should().Contain(" characters omitted] …");
        events.Steps().First().Observation!.Text.Should().Be(new string('a', 1_000), "only the prompt is shortened, not the record");
    }

    [Fact]
    public async Task One_observation_is_limited_everywhere()
    {
        var client = new ScriptedChatClient("Action: Search[Ada]", "Action: Finish[x]");
        var environment = new ReActTestEnvironment(new Observation(new string('b', 60))) { Initial = new(new string('a', 51)) };
        var actor = new ReActActor(client, _ => environment, new() { MaxObservationCharacters = 50 });

        List<AgentEvent> events = await actor.RunAsync(Question);

        events[0].Should().Be(new EnvironmentReset(new(Excerpt.Of(new string('a', 51), 50))));
        events.Steps().First().Observation.Should().Be(new Observation(Excerpt.Of(new string('b', 60), 50)));
        client.Requests[^1].Last.Should().Contain(Excerpt.Of(new string('b', 60), 50));
    }

    [Fact]
    public async Task A_streaming_run_yields_the_text_as_it_comes_and_the_same_steps()
    {
        ScriptedChatClient Script() => new("Thought: I need Ada.\nAction: Search[Ada]", "Action: Finish[x]");
        List<AgentEvent> plain = await new ReActActor(Script(), _ => new ReActTestEnvironment(new Observation("a"))).RunAsync(Question);
        List<AgentEvent> streamed = await new ReActActor(Script(), _ => new ReActTestEnvironment(new Observation("a"))).RunAsync(Question, streams: true);

        plain.OfType<ModelTextDelta>().Should().BeEmpty();
        string.Concat(streamed.OfType<ModelTextDelta>().Select(delta => delta.Text)).Should().Be("Thought: I need Ada.\nAction: Search[Ada]Action: Finish[x]");
        streamed.Where(happened => happened is not ModelTextDelta).Should().Equal(plain);
        streamed[1].Should().Be(new ModelTextDelta("Thought: "));
    }

    [Fact]
    public async Task The_model_is_asked_to_stop_at_observations_and_the_users_options_are_copied()
    {
        var client = new ScriptedChatClient("Action: Search[Ada]", "Action: Finish[x]");
        var options = new ChatOptions { Temperature = 0.5f, StopSequences = ["END"] };
        var actor = new ReActActor(client, _ => new ReActTestEnvironment(new Observation("a")), new() { ChatOptions = options });
        options.Temperature = 1;

        await actor.RunAsync(Question);

        client.Requests.Should().OnlyContain(request => request.Options!.Temperature == 0.5f);
        client.Requests[0].Options!.StopSequences.Should().Equal("END", "\nObservation");
        client.Requests[1].Options!.StopSequences.Should().Equal("END", "\nObservation");
        options.StopSequences.Should().Equal("END");
    }

    [Fact]
    public async Task A_client_that_changes_its_options_changes_one_call_only()
    {
        var seen = new List<int>();
        var client = new OptionSpoiler(new ScriptedChatClient("Action: Search[Ada]", "Action: Finish[x]"), seen);

        await new ReActActor(client, _ => new ReActTestEnvironment(new Observation("a"))).RunAsync(Question);

        seen.Should().Equal(1, 1);
    }

    [Fact]
    public async Task Without_stop_sequence_and_options_the_client_decides()
    {
        var client = new ScriptedChatClient("Action: Finish[x]");

        await new ReActActor(client, _ => new ReActTestEnvironment(), new() { UseStopSequence = false }).RunAsync(Question);

        client.Requests[0].Options.Should().BeNull();
    }

    [Fact]
    public async Task Calls_are_charged_to_the_run()
    {
        var actor = new ReActActor(new ScriptedChatClient("Action: Search[Ada]", "Action: Finish[x]"), _ => new ReActTestEnvironment(new Observation("a")));
        var context = new ActorContext { Task = Question, Prompt = actor.CreatePrompt(Question) };

        await foreach (AgentEvent _ in actor.ActAsync(context, default))
        {
        }

        context.Run.Ledger.Snapshot().ByComponent[AgentComponent.Actor].Calls.Should().Be(2);
    }

    [Fact]
    public async Task One_actor_serves_many_trials_at_once()
    {
        var client = new ScriptedChatClient { KeepsRequests = false };
        client.Otherwise(request => request.Messages.Length < 6 ? $"Action: Search[{request.Messages[1].Text}]" : $"Action: Finish[{request.Messages[1].Text}]");
        var environments = new System.Collections.Concurrent.ConcurrentBag<ReActTestEnvironment>();
        var actor = new ReActActor(client, _ =>
        {
            var environment = new ReActTestEnvironment(new("a"), new("b"));
            environments.Add(environment);
            return environment;
        });

        List<AgentEvent>[] runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => actor.RunAsync(new($"t{n}", $"question {n}")))));

        runs.Select(run => run.End().Answer).Should().Equal(Enumerable.Range(0, 50).Select(n => $"Task: question {n}"));
        environments.Should().HaveCount(50).And.OnlyContain(environment => environment.Disposals == 1);
    }

    private static ChatResponse Reply(string text, ChatFinishReason reason) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = reason };

    private static async Task<string> FirstObservationAsync(Observation initial)
    {
        var client = new ScriptedChatClient("Action: Finish[x]");
        await new ReActActor(client, _ => new ReActTestEnvironment { Initial = initial }).RunAsync(Question);
        return client.Requests[0].Last;
    }

    private sealed class OptionSpoiler(IChatClient inner, List<int> stops) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            stops.Add(options!.StopSequences!.Count);
            options.StopSequences.Add("spoilt");
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
