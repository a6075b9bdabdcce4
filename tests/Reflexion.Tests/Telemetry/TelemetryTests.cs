using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class TelemetryTests
{
    [Fact]
    public async Task An_episode_is_an_invoke_agent_span_with_its_calls_beneath_and_no_content()
    {
        using var root = new Activity("test").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReflexionTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(new ScriptedChatClient("Lyon", "Not Lyon.", "Paris"))
            .UseEvaluator(Agents.Wants("Paris")).Configure(options => options.Name = "geographer").Build();

        await agent.EventsAsync();

        Activity episode = spans.Should().ContainSingle(span => span.OperationName == "invoke_agent geographer").Subject;
        episode.ParentSpanId.Should().Be(root.SpanId);
        episode.GetTagItem("gen_ai.agent.name").Should().Be("geographer");
        episode.GetTagItem("reflexion.stop_reason").Should().Be("Success");
        episode.GetTagItem("reflexion.trials").Should().Be(2);
        episode.Events.Where(it => it.Name == "gen_ai.evaluation.result")
            .Select(it => it.Tags.Single(tag => tag.Key == "gen_ai.evaluation.score.label").Value).Should().Equal("fail", "pass");
        Activity[] calls = [.. spans.Where(span => span.OperationName == "chat scripted")];
        calls.Should().HaveCount(3).And.OnlyContain(call => call.ParentSpanId == episode.SpanId);
        calls[0].GetTagItem("gen_ai.operation.name").Should().Be("chat");
        calls[0].GetTagItem("gen_ai.provider.name").Should().Be("scripted");
        calls[0].GetTagItem("gen_ai.usage.output_tokens").Should().Be(1L);
        calls.Select(call => call.GetTagItem("reflexion.component")).Should().Equal("Actor", "Reflector", "Actor");
        spans.Where(span => span.OperationName is "search_memory" or "update_memory").Should().OnlyContain(span => span.ParentSpanId == episode.SpanId).And.HaveCount(3);
        spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString() ?? "").Should().NotContain(value => value.Contains("Paris") || value.Contains("Lyon"));
    }

    [Fact]
    public async Task The_span_of_a_streamed_call_stays_current_for_the_model_and_never_for_the_reader()
    {
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReflexionTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        var seen = new List<string?>();
        using var model = new SpanWatcher(new ScriptedChatClient("one two three"), seen);

        await foreach (ChatResponseUpdate _ in model.WithBudget(new(new())).GetStreamingResponseAsync("Count."))
        {
            Activity.Current.Should().BeSameAs(root);
        }

        seen.Should().HaveCountGreaterThan(1).And.OnlyContain(name => name == "chat scripted");
    }

    [Fact]
    public async Task Failures_are_marked_on_the_spans()
    {
        using var root = new Activity("test").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReflexionTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await ReflexionAgent.CreateBuilder(new ScriptedChatClient().Then(_ => throw new HttpRequestException("gone")))
            .UseEvaluator(Agents.Wants("x")).Build().RunAsync(Agents.Question);

        spans.Should().HaveCount(2 + 1).And.Contain(span => span.OperationName == "search_memory");
        spans.Where(span => span.OperationName != "search_memory").Should()
            .OnlyContain(span => span.Status == ActivityStatusCode.Error && (string)span.GetTagItem("error.type")! == typeof(HttpRequestException).FullName);
    }

    [Fact]
    public async Task Metrics_count_tokens_trials_episodes_and_lessons()
    {
        var measured = new ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == ReflexionTelemetry.Name)
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        listener.Start();

        await ReflexionAgent.CreateBuilder(new ScriptedChatClient("Lyon", "Not Lyon.", "Paris") { ModelId = "metrics-test" })
            .UseEvaluator(Agents.Wants("Paris")).Configure(options => options.Name = "metrics-test").Build().RunAsync(Agents.Question);

        var mine = measured.Where(it => it.Tags.Any(tag => Equals(tag.Value, "metrics-test"))).ToArray();
        mine.Count(it => it.Name == "gen_ai.client.token.usage").Should().Be(6);
        mine.Count(it => it.Name == "gen_ai.client.operation.duration").Should().Be(3);
        mine.Where(it => it.Name == "reflexion.evaluation.score").Select(it => it.Value).Should().Equal(0, 1);
        mine.Where(it => it.Name == "reflexion.return.change").Select(it => it.Value).Should().Equal(1);
        mine.Count(it => it.Name == "reflexion.trials").Should().Be(2);
        mine.Count(it => it.Name == "reflexion.episodes").Should().Be(1);
        measured.Should().Contain(it => it.Name == "reflexion.lessons");
    }

    [Fact]
    public async Task Logs_tell_the_course_of_an_episode_without_content()
    {
        var log = new ListLogger();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log));

        await Agents.Answering("Lyon", "Paris").UseLoggerFactory(loggers).Build().RunAsync(Agents.Question);

        log.Lines.Should().Equal(
            "Episode e1 of agent reflexion on task q1 starts; strategy Reflexion",
            "Episode e1, trial 1: Answered, return 0, success False",
            "Episode e1, trial 2: Answered, return 1, success True",
            "Episode e1 ended: Success after 2 trials. Trial 2 succeeded.");
    }

    private sealed class SpanWatcher(IChatClient inner, List<string?> seen) : DelegatingChatClient(inner)
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                yield return update;
                seen.Add(Activity.Current?.OperationName);
            }
        }
    }

    private sealed class ListLogger : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
