namespace Reflexion.Tests;

/// <summary>Runs an actor on a task and collects what it yields.</summary>
internal static class ActorRuns
{
    internal static async Task<List<AgentEvent>> RunAsync(
        this IActor actor, AgentTask task, bool streams = false, IEnumerable<PromptPart>? more = null, CancellationToken cancellationToken = default)
    {
        var context = new ActorContext { Task = task, Prompt = actor.CreatePrompt(task).With(more ?? []), Run = new EpisodeRun(streams: streams) };
        var events = new List<AgentEvent>();
        await foreach (AgentEvent happened in actor.ActAsync(context, cancellationToken))
        {
            events.Add(happened);
        }

        return events;
    }

    internal static IEnumerable<TrajectoryStep> Steps(this IEnumerable<AgentEvent> events) => events.OfType<StepCompleted>().Select(completed => completed.Step);

    /// <summary>The one ending, which must be the last event.</summary>
    internal static ActorFinished End(this IReadOnlyList<AgentEvent> events)
    {
        events.OfType<ActorFinished>().Should().ContainSingle();
        return events[^1].Should().BeOfType<ActorFinished>().Subject;
    }
}
