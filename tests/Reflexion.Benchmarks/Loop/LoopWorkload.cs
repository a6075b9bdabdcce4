using Microsoft.Extensions.AI;

namespace Reflexion.Benchmarks;

/// <summary>Three trials of ten ReAct steps, two reflections between them, on a model and in an environment that take no time.</summary>
internal static class LoopWorkload
{
    internal const int Trials = 3;
    internal const int StepsPerTrial = 10;

    /// <summary>Model calls of one episode: its steps and its reflections.</summary>
    internal const int CallsPerEpisode = Trials * StepsPerTrial + Trials - 1;

    private const string Page = "The Danube rises in the Black Forest, passes Ulm, Vienna, Budapest and Belgrade, and reaches the Black Sea in a delta.";

    internal static ReflexionAgent Agent(IChatClient chat, IEpisodicMemory? memory = null, ReflexionStrategy strategy = ReflexionStrategy.Reflexion) => ReflexionAgent.CreateBuilder(chat)
        .UseActor(build => new ReActActor(build.ChatClientOf(AgentComponent.Actor), _ => new Pages(), new() { MaxSteps = StepsPerTrial }))
        .UseEvaluator(context => TrajectoryEvaluation.Failed("No answer was given."))
        .UseMemory(memory ?? new InMemoryEpisodicMemory())
        .Configure(options => (options.MaxTrials, options.Strategy) = (Trials, strategy))
        .Build();

    /// <summary>A model that searches page after page, and reflects when it is asked to.</summary>
    internal static IChatClient Model(TimeSpan latency = default) => new InstantChatClient(Reply, latency);

    // The reflector sends a system message and one other; the actor has a page to look at by then.
    private static string Reply(IList<ChatMessage> messages) => messages.Count == 2 && messages[0].Text.Contains("reflecting", StringComparison.Ordinal)
        ? $"I read page after page and never answered. Next time I answer from page {messages[1].Text.Length}."
        : Steps[messages.Count % Steps.Length];

    private static readonly string[] Steps = [.. Enumerable.Range(0, 64).Select(i => $"Thought: I do not know yet which river it is, so I look at page {i}.\nAction: Search[river {i}]")];

    private sealed class Pages : IAgentEnvironment
    {
        private int _step;

        public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => new(new Observation(""));

        public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken) => new(Observations[_step++]);

        public ValueTask DisposeAsync() => default;

        private static readonly Observation[] Observations = [.. Enumerable.Range(0, StepsPerTrial).Select(i => new Observation($"{Page} (page {i})"))];
    }
}
