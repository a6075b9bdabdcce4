using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class SecrecyScenarioTests
{
    private const string Reference = "Qoxyzanthia";
    private const string HeldOut = "heldout-verdict-7731";
    private static readonly EpisodeOptions Secret = new() { References = [Reference] };

    private readonly ScriptedChatClient _model = new ScriptedChatClient().Otherwise("Lyon");
    private readonly ScriptedChatClient _reflector = new ScriptedChatClient().Otherwise("""{"lesson":"Look it up on the map."}""");

    [Fact]
    public async Task References_and_held_out_verdicts_reach_no_prompt_of_any_model()
    {
        ScriptedChatClient coach = new ScriptedChatClient().Otherwise("Use the map.");
        Episode episode = await Agent()
            .UseChatClientFor(AgentComponent.RetrospectiveModel, coach)
            .Configure(options => options.Strategy = ReflexionStrategy.Retrospective)
            .Build().RunAsync(Agents.Question, Secret);

        episode.Trials.Should().HaveCount(3).And.OnlyContain(trial => trial.HeldOutEvaluation!.Feedback == HeldOut);
        string sent = string.Join("\n", new[] { _model, _reflector, coach }.SelectMany(client => client.Requests).Select(request => request.Text));
        sent.Should().NotContain(Reference).And.NotContain(HeldOut);
        new[] { _model, _reflector, coach }.Should().OnlyContain(client => client.RequestCount > 0);
    }

    [Fact]
    public async Task A_held_out_success_neither_stops_the_agent_nor_chooses_its_best_trial()
    {
        int trial = 0;
        Episode episode = await Agent()
            .UseHeldOutEvaluator(new DelegateEvaluator(_ => ++trial == 2 ? TrajectoryEvaluation.Passed(HeldOut) : TrajectoryEvaluation.Failed(HeldOut)))
            .Build().RunAsync(Agents.Question, Secret);

        episode.StopReason.Should().Be(StopReason.TrialLimit);
        episode.Success.Should().BeFalse();
        episode.Best!.Number.Should().Be(1);
        episode.Trials.Select(t => t.HeldOutEvaluation!.Success).Should().Equal(false, true, false);
    }

    [Fact]
    public async Task Events_hold_the_held_out_verdict_only_in_the_trial_and_the_reference_nowhere()
    {
        List<AgentEvent> events = await Agent().Build().EventsAsync(options: Secret);

        foreach (AgentEvent happened in events)
        {
            System.Text.Json.JsonSerializer.Serialize(happened, happened.GetType()).Should().NotContain(Reference);
            if (happened is not TrialEnded and not EpisodeEnded)
            {
                System.Text.Json.JsonSerializer.Serialize(happened, happened.GetType()).Should().NotContain(HeldOut);
            }
        }
    }

    [Fact]
    public async Task A_lesson_that_quotes_the_reference_is_quarantined_and_never_shown_again()
    {
        ScriptedChatClient leaky = new ScriptedChatClient().Otherwise($$"""{"lesson":"Next time answer {{Reference}}."}""");
        using var logs = new LogCollector();
        ReflexionAgent agent = Agent().UseChatClientFor(AgentComponent.Reflector, leaky).UseLoggerFactory(logs).Build();

        List<AgentEvent> events = await agent.EventsAsync(options: Secret);

        MemorySnapshot memory = await agent.Memory.ExportAsync();
        memory.Lessons.Should().BeEmpty();
        memory.Quarantine.Should().NotBeEmpty().And.OnlyContain(entry => !entry.Reason.Contains(Reference, StringComparison.OrdinalIgnoreCase));
        events.OfType<LessonRejected>().Should().HaveCount(2).And.OnlyContain(rejected => !rejected.Reason.Contains(Reference, StringComparison.OrdinalIgnoreCase));
        _model.Requests.Should().HaveCount(3).And.OnlyContain(request => !request.Contains(Reference));
        logs.Lines.Should().NotBeEmpty().And.OnlyContain(line => !line.Contains(Reference, StringComparison.OrdinalIgnoreCase));
        ((EpisodeEnded)events[^1]).Episode.Trials.Should().OnlyContain(trial => trial.Lesson == null);
    }

    [Fact]
    public async Task Feedback_of_a_judge_that_quotes_the_reference_does_not_reach_actor_or_reflector()
    {
        ScriptedChatClient judge = new ScriptedChatClient().Otherwise(
            $$"""{"score":0.1,"success":false,"feedback":"The right answer is {{Reference}}. The map was not consulted.","evidence":["{{Reference}}"]}""");
        ReflexionAgent agent = Agent()
            .UseEvaluator(context => CompositeEvaluator.All(new LlmJudgeEvaluator(context.ChatClientOf(AgentComponent.Evaluator))))
            .UseChatClientFor(AgentComponent.Evaluator, judge)
            .Configure(options => options.Strategy = ReflexionStrategy.LastAttemptAndReflexion)
            .Build();

        Episode episode = await agent.RunAsync(Agents.Question, Secret);

        judge.Requests.Should().HaveCount(3).And.OnlyContain(request => request.Contains(Reference), "the judge may see it");
        judge.Requests.Should().OnlyContain(request => !request.Contains(HeldOut));
        _model.Requests.Concat(_reflector.Requests).Should().HaveCount(5).And.OnlyContain(request => !request.Contains(Reference));
        _reflector.Requests.Should().OnlyContain(request => request.Contains("The map was not consulted"));
        Scenario.Text(episode).Should().NotContain(Reference);
    }

    [Fact]
    public async Task Logs_and_telemetry_hold_neither_reference_nor_held_out_verdict()
    {
        using var logs = new LogCollector();
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReflexionTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(Describe(activity)),
        };
        ActivitySource.AddActivityListener(listener);

        await Agent().UseLoggerFactory(logs).Build().RunAsync(Agents.Question, Secret with { EpisodeId = "secret-episode" });

        seen.Should().Contain(text => text.Contains("secret-episode"));
        seen.Should().OnlyContain(text => !text.Contains(Reference) && !text.Contains(HeldOut));
        logs.Lines.Should().Contain(line => line.Contains("secret-episode"));
        logs.Lines.Should().OnlyContain(line => !line.Contains(Reference) && !line.Contains(HeldOut));
    }

    private ReflexionAgentBuilder Agent() => ReflexionAgent.CreateBuilder(_model)
        .UseChatClientFor(AgentComponent.Reflector, _reflector)
        .UseEvaluator(new ExactMatchEvaluator())
        .UseHeldOutEvaluator(new DelegateEvaluator(_ => TrajectoryEvaluation.Failed(HeldOut)))
        .Configure(options => options.MaxTrials = 3);

    private static string Describe(Activity activity) => string.Join("|", (IEnumerable<string?>)
    [
        activity.DisplayName,
        activity.StatusDescription,
        .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. activity.Events.SelectMany(happened => happened.Tags).Select(tag => $"{tag.Key}={tag.Value}"),
        .. activity.Baggage.Select(item => item.Value),
    ]);

    private sealed class LogCollector : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
