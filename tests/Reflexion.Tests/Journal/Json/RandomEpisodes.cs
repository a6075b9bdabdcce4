using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>Episodes that hold anything an episode can hold, from a seed.</summary>
internal sealed class RandomEpisodes(int seed)
{
    private static readonly string[] Texts =
        ["", " ", "Paris", "line\nbreak\r\n", "\"quoted\" \\ / <b>&amp;</b>", "\0\u0001\u001f\u007f", "\u2028\u2029", "🎯", "\ud83c", "\udfaf lone", "a\ud800b", "日本語", "{\"json\":[1]}", "\ufeff"];

    private readonly Random _random = new(seed);

    internal Episode Next()
    {
        ImmutableArray<Trial> trials = [.. Enumerable.Range(1, _random.Next(4)).Select(Trial)];
        return new()
        {
            Id = "e" + Text(),
            Task = new("t" + Text(), "i" + Text()) { Context = Maybe(Text), Metadata = Enumerable.Range(0, _random.Next(3)).ToImmutableDictionary(at => $"{at}{Text()}", _ => Text()) },
            Strategy = Any<ReflexionStrategy>(),
            Trials = trials,
            StopReason = Any<StopReason>(),
            StopDetail = Text(),
            Failure = Maybe(() => new EpisodeFailure(Any<AgentComponent>(), Text(), new RecordedException("N." + Text(), Text()))),
            StartedAt = Time(),
            Duration = Span(),
            Usage = Usage(),
        };
    }

    private Trial Trial(int number) => new()
    {
        Number = number,
        Prompt = new(Enumerable.Range(0, _random.Next(4)).Select(_ => Part())),
        RecalledLessonIds = Strings(),
        Trajectory = new()
        {
            Steps = [.. Enumerable.Range(1, _random.Next(4)).Select(Step)],
            Answer = Maybe(Text),
            End = Any<TrajectoryEnd>(),
            EndDetail = Maybe(Text),
            InitialObservation = Maybe(Observation),
        },
        Evaluation = Maybe(Evaluation),
        HeldOutEvaluation = Maybe(Evaluation),
        DeltaG = _random.Next(2) == 0 ? null : _random.NextDouble() - 0.5,
        Lesson = Maybe(Lesson),
        StartedAt = Time(),
        Duration = Span(),
        Usage = Usage(),
    };

    private PromptPart Part()
    {
        PromptPartKind kind = Any<PromptPartKind>();
        return new(kind, Text(), kind == PromptPartKind.Instructions ? TextIntegrity.Trusted : Any<TextIntegrity>()) { LessonIds = Strings() };
    }

    private TrajectoryStep Step(int number) => new()
    {
        Number = number,
        Thought = Maybe(Text),
        Action = Maybe(() => new AgentAction(Text()) { Name = Maybe(Text), Argument = Maybe(Text), CallId = Maybe(Text) }),
        Observation = Maybe(Observation),
        Outcome = Any<StepOutcome>(),
    };

    private Observation Observation() =>
        new(Text()) { Reward = Pick(0, 1, _random.NextDouble(), double.NaN, double.PositiveInfinity, -1e-300), IsTerminal = _random.Next(2) == 0, Integrity = Any<TextIntegrity>() };

    private TrajectoryEvaluation Evaluation() => new(Pick(0, 1, _random.NextDouble()), _random.Next(2) == 0, Text()) { Evidence = Strings() };

    private Lesson Lesson() => new(new(Text(), Text(), Text()), "x" + Text(), Provenance())
    {
        RootCause = Maybe(Text),
        Plan = Maybe(Text),
        Integrity = Any<TextIntegrity>(),
        Credit = new(3, 2, _random.NextDouble()),
    };

    private LessonProvenance Provenance() =>
        new("e" + Text(), _random.Next(1, 9), Time()) { ModelId = Maybe(Text), PromptHash = Maybe(Text), FromSuccess = _random.Next(2) == 0 };

    private UsageReport Usage() => new(Enumerable.Range(0, _random.Next(3)).Select(_ => new KeyValuePair<AgentComponent, ComponentUsage>(
        Any<AgentComponent>(), new(_random.Next(), _random.Next(9), new(_random.NextInt64(), _random.Next(), _random.Next()), (decimal)_random.NextDouble()))));

    private ImmutableArray<string> Strings() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Text())];

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Texts)));

    private DateTimeOffset Time() => new(_random.NextInt64(DateTime.MinValue.AddDays(2).Ticks, DateTime.MaxValue.AddDays(-2).Ticks), TimeSpan.FromMinutes(_random.Next(-600, 600)));

    private TimeSpan Span() => new(_random.NextInt64(long.MaxValue));

    private T Any<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];

    private T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(3) == 0 ? null : make();
}
