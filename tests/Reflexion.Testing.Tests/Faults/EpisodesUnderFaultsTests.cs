using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Xunit.Abstractions;

namespace Reflexion.Testing.Tests;

/// <summary>Whatever the model's provider does, an episode ends with a typed outcome.</summary>
public sealed class EpisodesUnderFaultsTests(ITestOutputHelper output)
{
    private const int Episodes = 1_000;
    private const double Rate = 0.3;
    private const string Lesson = "I should have looked the capital up instead of guessing.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thousand_episodes_at_a_fault_rate_of_30_percent_all_end_in_a_typed_outcome(bool resilient)
    {
        Outcome[] outcomes = await RunAllAsync(resilient);

        Print(resilient, outcomes);
        outcomes.Should().HaveCount(Episodes).And.OnlyContain(outcome => Enum.IsDefined(outcome.Episode.StopReason));
        outcomes.Should().OnlyContain(outcome => outcome.Episode.Trials.Length > 0 && outcome.Episode.StopDetail.Length > 0);
        outcomes.Should().OnlyContain(outcome => (outcome.Episode.StopReason == StopReason.Failed) == (outcome.Episode.Failure != null));
        outcomes.Should().OnlyContain(outcome => (outcome.Episode.StopReason == StopReason.Success) == outcome.Episode.Success);
        outcomes.Should().NotContain(
            outcome => outcome.Episode.Failure != null && ChatFaultClassifier.Default.Classify(outcome.Episode.Failure.Exception) == null, "a failure is the provider's, not a bug's");
        double rate = (double)outcomes.Sum(outcome => outcome.Injected.Length) / outcomes.Sum(outcome => outcome.Calls);
        rate.Should().BeApproximately(Rate, 0.03);
        outcomes.SelectMany(outcome => outcome.Injected).Select(fault => fault.Kind).Distinct().Should().HaveCount(12, "every kind that ends by itself occurs");
        int failed = outcomes.Count(outcome => outcome.Episode.StopReason == StopReason.Failed);
        if (resilient)
        {
            failed.Should().BeLessThan(Episodes / 20, "transient faults are survived");
        }
        else
        {
            failed.Should().BeGreaterThan(Episodes / 5, "nothing shields the loop from the faults");
        }
    }

    [Fact]
    public async Task The_same_seeds_lead_to_the_same_outcomes()
    {
        Outcome[] first = await RunAllAsync(resilient: true, episodes: 100);
        Outcome[] second = await RunAllAsync(resilient: true, episodes: 100);

        second.Select(Summary).Should().Equal(first.Select(Summary));

        static (StopReason, int, string?, int) Summary(Outcome outcome) =>
            (outcome.Episode.StopReason, outcome.Episode.Trials.Length, outcome.Episode.Answer, outcome.Injected.Length);
    }

    [Fact]
    public async Task An_episode_whose_model_hangs_ends_when_its_time_is_up()
    {
        var time = new ManualTime();
        using var hanging = new FaultInjectingChatClient(new ScriptedChatClient(), new FaultPlan(1).With(FaultKind.Hang, 1));
        ReflexionAgent agent = Builder(new ChatActor(hanging), new LlmSelfReflector(hanging)).UseTimeProvider(time).Build();

        Task<Episode> run = agent.RunAsync("Wait.");
        time.Advance(new EpisodeBudget().MaxDuration);

        (await run).StopReason.Should().Be(StopReason.Budget);
        hanging.InjectedByKind[FaultKind.Hang].Should().Be(1);
    }

    private static async Task<Outcome[]> RunAllAsync(bool resilient, int episodes = Episodes)
    {
        var outcomes = new ConcurrentDictionary<int, Outcome>();
        await Parallel.ForAsync(0, episodes, async (seed, _) => outcomes[seed] = await RunAsync(seed, resilient));
        return [.. outcomes.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    private static async Task<Outcome> RunAsync(int seed, bool resilient)
    {
        FaultPlan plan = FaultPlan.Even(seed, Rate) with { RetryAfter = TimeSpan.Zero, TokenDelay = TimeSpan.Zero };
        using var actorFaults = new FaultInjectingChatClient(seed % 4 == 3 ? ToolModel() : TextModel(), plan);
        using var reflectorFaults = new FaultInjectingChatClient(new ScriptedChatClient().Otherwise(Lesson), plan);
        IChatClient model = Shield(actorFaults, resilient);
        IActor actor = (seed % 4) switch
        {
            0 => new ReActActor(model, _ => new ScriptedEnvironment("You may search.").Otherwise(action => new($"Paris is what {action.Text} finds."))),
            1 => new ChainOfThoughtActor(model),
            2 => new ChatActor(model),
            _ => new ToolCallingActor(model, [AIFunctionFactory.Create((string query) => $"Paris is what {query} finds.", "search")]),
        };
        ReflexionAgent agent = Builder(actor, new LlmSelfReflector(Shield(reflectorFaults, resilient))).Build();
        AgentTask task = AgentTask.FromInstruction($"What is the capital of France? ({seed})");
        var options = new EpisodeOptions { References = ["Paris"], Seed = seed };

        // Every other episode is streamed.
        Episode episode = seed / 4 % 2 == 0
            ? await agent.RunAsync(task, options)
            : (await agent.RunStreamingAsync(task, options).OfType<EpisodeEnded>().SingleAsync()).Episode;
        return new(episode, actorFaults.Calls + reflectorFaults.Calls, [.. actorFaults.Injected, .. reflectorFaults.Injected]);
    }

    private static IChatClient Shield(IChatClient client, bool resilient) => resilient
        ? client.WithResilience(new() { BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero, BufferStreams = true })
        : client;

    private static ReflexionAgentBuilder Builder(IActor actor, ISelfReflector reflector) => ReflexionAgent.CreateBuilder(new ScriptedChatClient())
        .UseActor(_ => actor)
        .UseReflector(_ => reflector)
        .UseMemory(new InMemoryEpisodicMemory())
        .UseLessonGuard(_ => LessonGuards.Default)
        .UseRetrospectiveModel(_ => new LessonRenderer())
        .UseEvaluator(new ExactMatchEvaluator());

    /// <summary>Guesses wrong until a lesson says to look it up.</summary>
    private static ScriptedChatClient TextModel() => new ScriptedChatClient { KeepsRequests = false }
        .When(request => request.Contains("Observation") && request.Contains(" finds."), "Thought: Found.\nAction: Finish[Paris]")
        .When(request => !request.Contains(Lesson), Answer("Lyon"))
        .When(request => request.Contains("You may search."), "Thought: Look it up.\nAction: Search[capital]")
        .Otherwise(request => Answer("Paris")(request).Text);

    private static ScriptedChatClient ToolModel() => new ScriptedChatClient { KeepsRequests = false }
        .When(request => !request.Contains(Lesson), "Lyon")
        .When(request => request.FunctionResults.IsEmpty, _ => ScriptedReply.Calls(ScriptedReply.Call("search", """{"query":"capital"}""")))
        .Otherwise("Paris");

    private static Func<ScriptedRequest, ChatResponse> Answer(string answer) =>
        request => ScriptedReply.Text(request.Contains("Finish[") ? $"Thought: I know it.\nAction: Finish[{answer}]" : answer);

    private void Print(bool resilient, Outcome[] outcomes)
    {
        output.WriteLine($"{Episodes} episodes, {(resilient ? "with resilience" : "bare")}, {outcomes.Sum(outcome => outcome.Calls)} calls, {outcomes.Sum(outcome => outcome.Injected.Length)} faults");
        output.WriteLine("");
        output.WriteLine("| stop reason | episodes | mean trials |");
        output.WriteLine("|---|---:|---:|");
        foreach (IGrouping<StopReason, Outcome> group in outcomes.GroupBy(outcome => outcome.Episode.StopReason).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"| {group.Key} | {group.Count()} | {group.Average(outcome => outcome.Episode.Trials.Length):0.00} |");
        }

        output.WriteLine("");
        output.WriteLine("| failure | episodes |");
        output.WriteLine("|---|---:|");
        foreach (IGrouping<string, Outcome> group in outcomes.Where(outcome => outcome.Episode.Failure is not null)
            .GroupBy(outcome => $"{outcome.Episode.Failure!.Component}: {outcome.Episode.Failure.Exception.GetType().Name}").OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"| {group.Key} | {group.Count()} |");
        }
    }

    private sealed record Outcome(Episode Episode, int Calls, InjectedFault[] Injected);
}
