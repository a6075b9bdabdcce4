using Reflexion.Tests.Worker;

namespace Reflexion.Tests;

/// <summary>Runs episodes with everything on disk, so that another process can go on where this one was killed.</summary>
internal static class EpisodeWork
{
    private const int AtOnce = 3;

    /// <returns>Whether no episode failed.</returns>
    internal static async Task<bool> RunAsync(string storeName, string log, string seed, int count)
    {
        await using EpisodeStore store = await EpisodeStore.OpenAsync(storeName, new FixedTime());
        using var model = new LoggedModel(log, seed);
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ => new CountingWorld()))
            .UseEvaluator(context => new LlmJudgeEvaluator(context.ChatClientOf(AgentComponent.Evaluator), new() { Votes = 2 }))
            .UseHeldOutEvaluator(new DelegateEvaluator(context => TrajectoryEvaluation.Failed($"{context.Trajectory.Answer?.Length} letters")))
            .UseLessonGuard(new FourthLessonGuard())
            .UseMemory(store.Memory)
            .UseJournal(store.Journal)
            .UseTimeProvider(new FixedTime())
            .Configure(options => options.MaxTrials = 3)
            .Build();
        int failed = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, cancellationToken) =>
            {
                Episode episode = await agent.RunAsync(new AgentTask($"task {number}", $"Find lamp {number}."), new() { EpisodeId = $"e{number:00}" }, cancellationToken);
                if (episode.StopReason == StopReason.Failed)
                {
                    Interlocked.Increment(ref failed);
                    await Console.Error.WriteLineAsync($"{episode.Id}: {episode.StopDetail}");
                }
            });
        return failed == 0;
    }

    /// <summary>A clock that stands still, so that every process writes the same times.</summary>
    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override long GetTimestamp() => 0;
    }

    private sealed class CountingWorld : IReplayableEnvironment
    {
        private int _steps;

        public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => new(new Observation($"You want {task.Id}."));

        public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken) => new(new Observation($"{action.Text} shows wall {++_steps}."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FourthLessonGuard : ILessonGuard
    {
        public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken) =>
            new(context.Lesson.Id[0] is >= '0' and <= '3' ? "Its id begins with a small digit." : null);
    }
}
