using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>An agent that is deterministic and works in one of many ways, with everything that outlives its process.</summary>
internal sealed class ResumeScenario
{
    private readonly Func<ResumeScenario, AgentBuildContext, IActor> _actor;
    private readonly Action<ReflexionAgentBuilder>? _more;

    private ResumeScenario(
        Func<ResumeScenario, AgentBuildContext, IActor> actor, ReflexionStrategy strategy = ReflexionStrategy.Reflexion, Action<ReflexionAgentBuilder>? more = null, bool streams = false, int inFlight = 1)
    {
        _actor = actor;
        _more = more;
        Strategy = strategy;
        Streams = streams;
        InFlight = inFlight;
        Model = new((messages, options) => Reply(messages, options));
    }

    internal static readonly AgentTask Task = new("t1", "Find the lamp.") { Context = "It is dark.", Metadata = new Dictionary<string, string> { ["sort"] = "hard" } };

    /// <summary>The scenarios, made anew each time.</summary>
    internal static readonly Dictionary<string, Func<ResumeScenario>> All = new()
    {
        ["chat, retry"] = () => new(Chat, ReflexionStrategy.Retry),
        ["chat, last attempt"] = () => new(Chat, ReflexionStrategy.LastAttempt),
        ["chat, reflexion"] = () => new(Chat),
        ["chat, last attempt and reflexion"] = () => new(Chat, ReflexionStrategy.LastAttemptAndReflexion),
        ["chat, retrospective"] = () => new(Chat, ReflexionStrategy.Retrospective),
        ["chat, streamed"] = () => new(Chat, streams: true),
        ["chain of thought"] = () => new((_, context) => new ChainOfThoughtActor(context.ChatClientOf(AgentComponent.Actor))),
        ["react"] = () => new(ReAct),
        ["react, streamed"] = () => new(ReAct, ReflexionStrategy.Retrospective, streams: true),
        ["tools"] = () => new(Tools, inFlight: 2),
        ["an actor of one's own"] = () => new((_, _) => FakeActor.Answering(context => $"answer {context.Trial}")),
        ["three votes at once"] = () => new(Chat, more: builder => builder.UseEvaluator(Judge(3, AgentComponent.Evaluator)), inFlight: 3),
        ["a held-out judge like the other"] = () => new(
            Chat,
            more: builder => builder.UseEvaluator(Judge(2, AgentComponent.Evaluator)).UseHeldOutEvaluator(Judge(2, AgentComponent.Evaluator)),
            inFlight: 2),
        ["a held-out evaluator that fails"] = () => new(Chat, more: builder => builder.UseHeldOutEvaluator(new DelegateEvaluator(_ => throw new InvalidOperationException("It measures nothing.")))),
        ["lessons rejected"] = () => new(Chat, more: builder => builder.UseLessonGuard(new RejectingGuard())),
        ["reflects to the end"] = () => new(Chat, more: builder => builder.Configure(options => (options.ReflectAfterLastTrial, options.LessonBreadth) = (true, LessonBreadth.Agent))),
        ["solved"] = () => new(ReAct, more: builder => builder.UseEvaluator(context => context.Trajectory.Steps[0].Thought == "I remember" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("No."))),
    };

    internal ReflexionStrategy Strategy { get; }

    internal bool Streams { get; }

    /// <summary>The most calls, of models and of tools, that can be in flight at once.</summary>
    internal int InFlight { get; }

    internal FunctionModel Model { get; }

    internal InMemoryEpisodicMemory Memory { get; } = new();

    internal InMemoryEpisodeJournal Journal { get; } = new();

    internal FakeTime Time { get; } = new();

    /// <summary>The tool calls that were made.</summary>
    internal ConcurrentQueue<string> ToolCalls { get; } = new();

    /// <summary>Every call that costs.</summary>
    internal int Paid => Model.Calls.Count + ToolCalls.Count;

    internal string Result { get; private set; } = "";

    /// <summary>Runs or resumes the episode in what stands for a process of its own.</summary>
    internal async Task<Episode> RunAsync(IEpisodeJournal? journal = null, EpisodeOptions? options = null)
    {
        ReflexionAgentBuilder builder = ReflexionAgent.CreateBuilder(Model)
            .UseActor(context => _actor(this, context))
            .UseEvaluator(context => TrajectoryEvaluation.Failed($"Not {context.Trajectory.Answer}.", context.Trajectory.Answer?.Length % 7 / 7.0 ?? 0) with { Evidence = ["none"] })
            .UseMemory(Memory)
            .UseTimeProvider(Time)
            .UseJournal(journal ?? Journal)
            .Configure(agent => (agent.Strategy, agent.MaxTrials) = (Strategy, 3));
        _more?.Invoke(builder);
        ReflexionAgent agent = builder.Build();
        options ??= new() { EpisodeId = "e1", References = ["the gold lamp"] };
        Episode episode = Streams ? ((EpisodeEnded)(await agent.EventsAsync(Task, options))[^1]).Episode : await agent.RunAsync(Task, options);
        Result = EpisodeJson.Serialize(episode);
        return episode;
    }

    internal async Task<string> LessonsAsync()
    {
        using var text = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(await Memory.ExportAsync(), text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static ChatActor Chat(ResumeScenario scenario, AgentBuildContext context) => new(context.ChatClientOf(AgentComponent.Actor));

    private static ReActActor ReAct(ResumeScenario scenario, AgentBuildContext context) => new(context.ChatClientOf(AgentComponent.Actor), _ => new Cave());

    private static ToolCallingActor Tools(ResumeScenario scenario, AgentBuildContext context) => new(
        context.ChatClientOf(AgentComponent.Actor),
        [
            AIFunctionFactory.Create((string place) => scenario.Call(place), "look"),
            AIFunctionFactory.Create(string () => throw new InvalidOperationException("It is stuck."), "open"),
            new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "boom", "blast")),
        ]);

    private static Func<AgentBuildContext, ITrajectoryEvaluator> Judge(int votes, AgentComponent component) =>
        context => new LlmJudgeEvaluator(context.ChatClientOf(AgentComponent.Evaluator), new() { Votes = votes, Component = component });

    private string Call(string place)
    {
        ToolCalls.Enqueue(place);
        return $"Nothing in {place}.";
    }

    // One text that every component can read: the actors' protocols, a verdict, and otherwise prose.
    private static ChatMessage Reply(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        string hash = FunctionModel.HashOf(messages, options);
        string all = string.Join('\n', messages.Select(message => message.Text));
        if (options?.Tools is { Count: > 0 })
        {
            int round = messages.Count(message => message.Role == ChatRole.Tool);
            return round == 2 ? new(ChatRole.Assistant, $"answer {hash}") : new(ChatRole.Assistant,
            [
                new TextContent($"round {round}"),
                new FunctionCallContent($"c{round}a", "look", new Dictionary<string, object?> { ["place"] = $"the {hash}" }),
                new FunctionCallContent($"c{round}b", "look", new Dictionary<string, object?> { ["place"] = "the hall" }),
                new FunctionCallContent($"c{round}c", "open"),
                new FunctionCallContent($"c{round}d", "blast"),
                new FunctionCallContent($"c{round}e", "look") { Exception = new FormatException("no JSON") },
            ]);
        }

        if (all.Contains("Name[argument]", StringComparison.Ordinal))
        {
            string thought = all.Contains("note", StringComparison.Ordinal) ? "I remember" : $"thought {hash}";
            int seen = messages.Count(message => message.Role == ChatRole.Assistant);
            return new(ChatRole.Assistant, seen < 3 ? $"Thought: {thought}\nAction: Look[{hash}]" : $"Thought: {thought}\nAction: Finish[lamp {hash}]");
        }

        return new(ChatRole.Assistant, all.Contains("\"score\"", StringComparison.Ordinal)
            ? $$"""{"score": 0.{{Convert.ToInt32(hash, 16) % 9}}, "success": false, "feedback": "feedback {{hash}}"}"""
            : all.Contains("Finish[", StringComparison.Ordinal) ? $"Thought: t {hash}\nAction: Finish[{hash}]" : $"note {hash}");
    }

    private sealed class Cave : IReplayableEnvironment
    {
        private int _steps;

        public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => new(new Observation("You are in a cave."));

        public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken) =>
            new(new Observation($"{action.Text}: wall {++_steps}") { Reward = 0.1 });

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class RejectingGuard : ILessonGuard
    {
        public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken) => new("It is not to be learnt.");
    }
}
