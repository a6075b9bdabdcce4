using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>Makes experiments of any size that look like real ones, the same for the same options.</summary>
public sealed class ExperimentSamples
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly ReflexionStrategy[] Strategies =
        [ReflexionStrategy.Retry, ReflexionStrategy.LastAttempt, ReflexionStrategy.Reflexion, ReflexionStrategy.LastAttemptAndReflexion, ReflexionStrategy.Retrospective];

    private static readonly string[] Words =
        "the river bridge was built in early spring by an engineer from Leeds who also drew maps of every harbour between Bergen and Cádiz, and a film about her won three prizes".Split(' ');

    private readonly SampleOptions _options;
    private readonly Random _random;
    private readonly Dictionary<string, Lesson> _lessons = [];
    private readonly List<QuarantinedLesson> _quarantine = [];

    private ExperimentSamples(SampleOptions options)
    {
        _options = options;
        _random = new(options.Seed);
    }

    /// <summary>Texts that do harm where they are taken for markup, script or layout.</summary>
    public static ImmutableArray<string> HostileTexts { get; } =
    [
        "<script>window.pwned=1</script>",
        "</script><script>window.pwned=2</script>",
        "<!--<script>window.pwned=3",
        "<img src=x onerror=\"window.pwned=4\">",
        "\"'><svg onload=window.pwned=5>",
        "{{data}} ${window.pwned=6} {{constructor.constructor('window.pwned=7')()}}",
        "javascript:window.pwned=8",
        "</title></style></noscript></textarea><iframe srcdoc='<script>parent.pwned=9</script>'></iframe>",
        "\u202Etxet desrever\u202C \u2066isolate\u2069 zero\u200Bwidth \uFEFFmark",
        "line\u2028separator\u2029paragraph \u0000\u0007\u001B[31mred\u001B[0m \u0085\u009B",
        "half a pair \uD83D and the other \uDE00",
        "Z\u0351\u036B\u0343a\u0321\u034Fl\u0328\u034Ego\u0489\u0336\u0337 &lt;b&gt; &amp; ]]>",
    ];

    /// <summary>Makes an experiment.</summary>
    public static ExperimentResult Create(SampleOptions? options = null) => new ExperimentSamples(options ?? new()).Create();

    private ExperimentResult Create()
    {
        ExperimentArmInfo[] arms = [.. _options.Arms.Select((name, i) => Arm(name, Strategies[i % Strategies.Length]))];
        ExperimentTaskInfo[] tasks = [.. Enumerable.Range(1, _options.Tasks).Select(number => new ExperimentTaskInfo(TaskId(number)) { Instruction = Say($"Which harbour did engineer {number} map first?"), Kind = number % 3 == 0 ? "comparison" : "bridge" })];
        int[] seeds = [.. Enumerable.Range(1, _options.Seeds)];
        var episodes = new List<EpisodeRecord>();
        var memories = new List<ExperimentMemory>();
        foreach ((ExperimentArmInfo arm, int index) in arms.Select((arm, i) => (arm, i)))
        {
            foreach (int seed in seeds)
            {
                _lessons.Clear();
                _quarantine.Clear();
                episodes.AddRange(tasks.Select((task, i) => Record(arm, 0.18 + 0.11 * index, task, i, seed)).OfType<EpisodeRecord>());
                memories.Add(new(arm.Name, seed, new() { Lessons = [.. _lessons.Values], Quarantine = [.. _quarantine] }));
            }
        }

        return new("Harbour questions", arms, tasks, seeds, episodes)
        {
            Configuration = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
                .Add("library.version", "0.1.0.0").Add("lessons.shared", "ArmAndSeed").Add("budget.total", "none").Add("note", Say("sampled at temperature 0.7")),
            StartedAt = Start,
            Duration = TimeSpan.FromMinutes(47),
            Memories = [.. memories],
        };
    }

    private ExperimentArmInfo Arm(string name, ReflexionStrategy strategy) => new(name, strategy)
    {
        Model = "small",
        MaxTrials = _options.Trials,
        JudgedByHeldOut = _options.HeldOut,
        ModelIds = ImmutableSortedDictionary<AgentComponent, string>.Empty.Add(AgentComponent.Actor, "small-2026-01").Add(AgentComponent.Reflector, "large-2026-01"),
        Settings = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add("actor", "ReActActor").Add("maxTrials", $"{_options.Trials}"),
    };

    private EpisodeRecord? Record(ExperimentArmInfo arm, double skill, ExperimentTaskInfo task, int index, int seed)
    {
        double fate = _random.NextDouble();
        if (fate < 0.01)
        {
            return null;
        }

        string id = $"harbour/{arm.Name}/{task.Id}/{seed}";
        double hardness = index % 6 == 5 ? 0.1 : 1;
        var trials = new List<Trial>();
        StopReason reason = fate < 0.03 ? StopReason.Failed : fate < 0.05 ? StopReason.Budget : StopReason.TrialLimit;
        int most = reason == StopReason.TrialLimit ? _options.Trials : 1 + _random.Next(_options.Trials);
        while (trials.Count < most && reason != StopReason.Success)
        {
            bool solved = _random.NextDouble() < skill * hardness;
            bool broken = trials.Count == most - 1 && reason is StopReason.Failed or StopReason.Budget;
            trials.Add(Trial(arm, task, id, trials, solved, broken ? reason : null));
            reason = solved && !broken ? StopReason.Success : reason;
        }

        var episode = new Episode
        {
            Id = id,
            Task = new(task.Id, task.Instruction) { Context = Say("An atlas page.") },
            Strategy = arm.Strategy,
            Trials = [.. trials],
            StopReason = reason,
            StopDetail = reason switch
            {
                StopReason.Success => $"Trial {trials.Count} succeeded.",
                StopReason.Failed => Say("The model's endpoint did not answer."),
                StopReason.Budget => "The budget of 40 calls is used up.",
                _ => $"All {_options.Trials} trials were made.",
            },
            Failure = reason == StopReason.Failed ? new(AgentComponent.Actor, Say("The model's endpoint did not answer."), new TimeoutException(Say("503"))) : null,
            StartedAt = Start.AddMinutes(index),
            Duration = TimeSpan.FromSeconds(12 * trials.Count),
            Usage = new(trials.SelectMany(trial => trial.Usage.ByComponent)),
        };
        return EpisodeRecord.Of(arm.Name, seed, episode, arm.JudgedByHeldOut);
    }

    private Trial Trial(ExperimentArmInfo arm, ExperimentTaskInfo task, string episode, List<Trial> earlier, bool solved, StopReason? brokenBy)
    {
        int number = earlier.Count + 1;
        bool learns = arm.Strategy is ReflexionStrategy.Reflexion or ReflexionStrategy.LastAttemptAndReflexion or ReflexionStrategy.Retrospective;
        Lesson[] recalled = learns ? [.. _lessons.Values.Where(lesson => lesson.Scope.TaskId == task.Id).TakeLast(3)] : [];
        double score = solved ? 1 : Math.Round(0.6 * _random.NextDouble(), 2);
        double? delta = earlier is [.., var last] ? score - last.Return : null;
        Trajectory trajectory = Trajectory(solved, brokenBy);
        if (learns && brokenBy is null)
        {
            Credit(recalled, delta);
        }

        return new()
        {
            Number = number,
            Prompt = Prompt(task, arm.Strategy, earlier, recalled),
            RecalledLessonIds = [.. recalled.Select(lesson => lesson.Id)],
            Trajectory = trajectory,
            Evaluation = brokenBy is not null ? null : new(score, solved, Say(solved ? "The answer is right." : "The answer names the wrong harbour.")) { Evidence = [Say("It compared two pages.")] },
            HeldOutEvaluation = brokenBy is not null || !_options.HeldOut ? null : solved && _random.NextDouble() > 0.04 ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("wrong", score * 0.5),
            DeltaG = delta,
            Lesson = learns && !solved && brokenBy is null ? Learn(task, episode, number) : null,
            StartedAt = Start.AddSeconds(number),
            Duration = TimeSpan.FromSeconds(4 + _random.Next(9)),
            Usage = Usage(learns && !solved, arm.Strategy == ReflexionStrategy.Retrospective && number > 1),
        };
    }

    private Trajectory Trajectory(bool solved, StopReason? brokenBy)
    {
        int steps = 1 + _random.Next(_options.Steps);
        double end = _random.NextDouble();
        bool answers = solved || (brokenBy is null && end < 0.7);
        string? answer = answers ? solved || end > 0.03 ? Say("Bergen") : " " : null;
        return new()
        {
            Steps = [.. Enumerable.Range(1, steps).Select(number => Step(number, answers && number == steps ? answer : null, !answers && end > 0.95))],
            Answer = answer,
            End = brokenBy switch
            {
                StopReason.Failed => TrajectoryEnd.Failed,
                StopReason.Budget => TrajectoryEnd.Budget,
                _ => answers ? TrajectoryEnd.Answered : TrajectoryEnd.StepLimit,
            },
            EndDetail = answers ? null : Say("No step was left."),
            InitialObservation = new(Say("You stand in a library.")),
        };
    }

    private TrajectoryStep Step(int number, string? answer, bool malformed) => new()
    {
        Number = number,
        Thought = Say($"I should look at {Sentence(8)} next."),
        Action = malformed ? null : answer is null ? new($"Search[{Sentence(2)}]") { Name = "Search", Argument = Sentence(2) } : new($"Finish[{answer}]") { Name = "Finish", Argument = answer },
        Observation = answer is null ? new(Say(Sentence(_options.Words))) : null,
        Outcome = malformed ? StepOutcome.MalformedAction : answer is null ? StepOutcome.Executed : StepOutcome.Answered,
    };

    private ActorPrompt Prompt(ExperimentTaskInfo task, ReflexionStrategy strategy, List<Trial> earlier, Lesson[] recalled)
    {
        var parts = new List<PromptPart>
        {
            new(PromptPartKind.Instructions, "Answer the question. Take one action at a time: Search[entity], Lookup[words] or Finish[answer].", TextIntegrity.Trusted),
            new(PromptPartKind.Examples, "Question: Who drew the map of Bergen?\nAction: Search[map of Bergen]\nObservation: It was drawn in 1701.", TextIntegrity.Trusted),
            new(PromptPartKind.Context, Fence.Wrap("context", Say("An atlas page.")), TextIntegrity.Untrusted),
            new(PromptPartKind.Task, $"Question: {task.Instruction}", TextIntegrity.Trusted),
        };
        if (earlier.Count > 0 && strategy is ReflexionStrategy.LastAttempt or ReflexionStrategy.LastAttemptAndReflexion)
        {
            parts.Add(new(PromptPartKind.LastAttempt, Fence.Wrap("last_attempt", string.Join('\n', earlier[^1].Trajectory.Steps.Select(step => $"{step.Thought}\n{step.Action?.Text}\n{step.Observation?.Text}"))), TextIntegrity.Untrusted));
        }

        if (recalled.Length > 0)
        {
            parts.Add(new(PromptPartKind.Lessons, Fence.Wrap("lessons", string.Join('\n', recalled.Select(lesson => $"- {lesson.Text}"))), TextIntegrity.Untrusted) { LessonIds = [.. recalled.Select(lesson => lesson.Id)] });
        }

        if (earlier.Count > 0 && strategy == ReflexionStrategy.Retrospective)
        {
            parts.Add(new(PromptPartKind.Refinement, Fence.Wrap("guidance", Say($"Search for {Sentence(6)} before you answer.")), TextIntegrity.Model) { LessonIds = [.. recalled.Select(lesson => lesson.Id)] });
        }

        return new(parts);
    }

    private Lesson? Learn(ExperimentTaskInfo task, string episode, int number)
    {
        var lesson = new Lesson(new("", "reader", task.Id), Say($"Look up {Sentence(9)} before answering, and check both pages ({number})."), new(episode, number, Start.AddMinutes(number)) { ModelId = Say("large-2026-01"), PromptHash = "9f2c41d07ab3" })
        {
            RootCause = _random.NextDouble() < 0.7 ? Say($"I took {Sentence(5)} for the answer.") : null,
            Plan = _random.NextDouble() < 0.5 ? Say($"Search {Sentence(3)} first.") : null,
        };
        if (_random.NextDouble() < 0.05)
        {
            _quarantine.Add(new(lesson, Say("It quotes the reference answer."), Start));
            return null;
        }

        return _lessons.TryAdd(lesson.Id, lesson) ? lesson : null;
    }

    private void Credit(Lesson[] used, double? delta)
    {
        foreach (Lesson lesson in used)
        {
            LessonCredit credit = lesson.Credit with { Uses = lesson.Credit.Uses + 1 };
            credit = delta is { } known ? credit with { CreditedUses = credit.CreditedUses + 1, TotalDelta = credit.TotalDelta + known } : credit;
            _lessons[lesson.Id] = lesson with { Credit = credit, State = LessonLifecycle.Next(lesson.State, credit, new() { MinimumCreditedUses = 2, ConfidenceQuantile = 0.3 }) };
        }
    }

    private UsageReport Usage(bool reflected, bool rewritten)
    {
        var used = new Dictionary<AgentComponent, ComponentUsage>
        {
            [AgentComponent.Actor] = Used(4 + _random.Next(4), 2_400, 210),
            [AgentComponent.Evaluator] = Used(1, 700, 40),
            [AgentComponent.HeldOutEvaluator] = Used(1, 700, 40),
        };
        if (reflected)
        {
            used[AgentComponent.Reflector] = Used(1, 1_500, 120);
        }

        if (rewritten)
        {
            used[AgentComponent.RetrospectiveModel] = Used(1, 1_100, 90);
        }

        return new(used);
    }

    private ComponentUsage Used(int calls, int input, int output) =>
        new(calls, _random.NextDouble() < 0.03 ? 1 : 0, new(calls * (input + _random.Next(300)), calls * output, calls * input / 3), Math.Round(calls * (input * 0.4m + output * 1.6m) / 1_000_000m, 6));

    private string TaskId(int number) => _options.Hostile && number % 5 == 0 ? $"task-{number:000} {HostileTexts[number % HostileTexts.Length]}" : $"task-{number:000}";

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[_random.Next(Words.Length)]));

    private string Say(string text) => _options.Hostile ? $"{text} {HostileTexts[_random.Next(HostileTexts.Length)]}" : text;
}
