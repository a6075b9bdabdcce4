using Reflexion.Testing;

namespace Reflexion.Tests;

public class CancellationScenarioTests
{
    private const int Runs = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_cancelled_at_any_point_throws_once_and_leaves_each_lesson_whole(bool onDisk)
    {
        int cancelled = 0, finished = 0;
        for (int seed = 0; seed < (onDisk ? 40 : 200); seed++)
        {
            using var folder = new TemporaryFolder();
            FileEpisodicMemory? file = onDisk ? await FileEpisodicMemory.OpenAsync(folder.File("m.jsonl"), new() { FlushToDisk = false }) : null;
            IEpisodicMemory memory = file is null ? new InMemoryEpisodicMemory() : file;
            using var cancellation = new CancellationTokenSource();
            ReflexionAgent agent = Agent(memory, new CountDown(new Random(seed).Next(1, 60), cancellation));

            try
            {
                await agent.RunAsync(LockedRoom.Escape, new() { EpisodeId = "first" }, cancellation.Token);
                finished++;
            }
            catch (OperationCanceledException fault)
            {
                fault.CancellationToken.Should().Be(cancellation.Token);
                cancelled++;
            }

            (await memory.ExportAsync()).ShouldBeConsistent();
            Episode next = await Agent(memory, CountDown.Never).RunAsync(LockedRoom.Escape, new() { EpisodeId = "second" });
            next.Failure.Should().BeNull();
            MemorySnapshot snapshot = await memory.ExportAsync();
            snapshot.ShouldBeConsistent();
            if (file is not null)
            {
                await file.DisposeAsync();
                await using FileEpisodicMemory reopened = await FileEpisodicMemory.OpenAsync(folder.File("m.jsonl"));
                (await reopened.ExportAsync()).Lessons.Select(lesson => (lesson.Id, lesson.Credit)).Should().Equal(snapshot.Lessons.Select(lesson => (lesson.Id, lesson.Credit)));
            }
        }

        cancelled.Should().BePositive();
        finished.Should().BePositive();
    }

    [Fact]
    public async Task A_run_asked_to_stop_at_any_point_keeps_its_trials_and_never_throws()
    {
        for (int point = 1; point < 50; point++)
        {
            var memory = new InMemoryEpisodicMemory();
            using var stop = new CancellationTokenSource();

            Episode episode = await Agent(memory, new CountDown(point, stop)).RunAsync(LockedRoom.Escape, new() { StopToken = stop.Token });

            episode.Failure.Should().BeNull();
            episode.StopReason.Should().BeOneOf(StopReason.Stopped, StopReason.TrialLimit);
            MemorySnapshot snapshot = await memory.ExportAsync();
            snapshot.ShouldBeConsistent();
            episode.Trials.Where(trial => trial.Lesson is not null).Select(trial => trial.Lesson!.Id).Should().BeSubsetOf(snapshot.Lessons.Select(lesson => lesson.Id));
            snapshot.Lessons.Length.Should().Be(episode.Trials.Count(trial => trial.Lesson is not null));
        }
    }

    [Fact]
    public async Task Many_runs_cancelled_together_leave_one_memory_consistent()
    {
        var memory = new InMemoryEpisodicMemory(new() { MaxLessonsPerTask = Runs * 10 });
        Task[] runs = [.. Enumerable.Range(0, Runs).Select(i => Task.Run(async () =>
        {
            using var cancellation = new CancellationTokenSource();
            ReflexionAgent agent = Agent(memory, new CountDown(new Random(i).Next(1, 60), cancellation));
            try
            {
                await agent.RunAsync(new AgentTask($"room{i % 7}", "Leave the room."), new() { EpisodeId = $"e{i}" }, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                cancellation.IsCancellationRequested.Should().BeTrue();
            }
        }))];

        await Task.WhenAll(runs);

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Should().NotBeEmpty();
        snapshot.ShouldBeConsistent();
        snapshot.Lessons.Should().OnlyContain(lesson => lesson.Provenances.Length == 1);
    }

    /// <summary>An agent of which the model, the environment, the evaluator and the reflector count down.</summary>
    private static ReflexionAgent Agent(IEpisodicMemory memory, CountDown count)
    {
        var model = new ScriptedChatClient { KeepsRequests = false }.Otherwise(request =>
        {
            count.Tick();
            return request.Contains("You hold the key.") ? Scenario.Hopeless : Scenario.TakeKey;
        });
        return Scenario.RoomAgent(model)
            .UseMemory(memory)
            .UseEvaluator(context =>
            {
                count.Tick();
                return TrajectoryEvaluation.Failed("No.", 0.25);
            })
            .UseReflector(_ => new DelegateReflector(context =>
            {
                count.Tick();
                return $"Lesson {context.Trial.Number} of {context.Run.EpisodeId}.";
            }))
            .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial) = (10, true))
            .Build();
    }

    private sealed class CountDown(int ticks, CancellationTokenSource? cancellation)
    {
        private int _left = ticks;

        public static CountDown Never { get; } = new(int.MaxValue, null);

        public void Tick()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                cancellation!.Cancel();
            }
        }
    }
}
