using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Real processes, killed at random instants, and what is left of their episodes in a store.</summary>
public abstract class KilledRunConformance(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int KillsPerRun = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, IEpisodeJournal> _journals = [];
    private readonly ConcurrentDictionary<string, IEpisodicMemory> _memories = [];

    /// <summary>A folder of this test's own.</summary>
    protected string Folder => _folder.Path;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (IAsyncDisposable opened in _journals.Values.Concat<object>(_memories.Values).OfType<IAsyncDisposable>())
        {
            await opened.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Runs_killed_again_and_again_come_to_what_they_would_have_come_to()
    {
        int runs = 0;
        int kills = 0;
        int repaid = 0;

        // How far a process gets before the kill reaches it depends on the machine, and so does how many runs it takes.
        async Task KillOnAndOnAsync()
        {
            while (Volatile.Read(ref kills) < WorkerRun.Kills)
            {
                Interlocked.Add(ref repaid, await KillAndResumeAsync(
                    seed: Interlocked.Increment(ref runs), () => Volatile.Read(ref kills) < WorkerRun.Kills, () => Interlocked.Increment(ref kills)));
            }
        }

        await Task.WhenAll(KillOnAndOnAsync(), KillOnAndOnAsync());

        output.WriteLine($"{runs} runs of {WorkerRun.Episodes} episodes, {kills} kills, {repaid} calls repaid");
        kills.Should().BeGreaterThanOrEqualTo(WorkerRun.Kills);
    }

    /// <summary>Names an empty store, as the worker calls it.</summary>
    /// <param name="name">What sets it apart from others: letters and digits.</param>
    protected abstract string StoreOf(string name);

    /// <summary>Opens the journal of a store.</summary>
    protected abstract IEpisodeJournal OpenJournal(string store);

    /// <summary>Opens the memory of a store.</summary>
    protected abstract ValueTask<IEpisodicMemory> OpenMemoryAsync(string store);

    /// <summary>A run with a log of its own.</summary>
    private protected WorkerRun RunOf(string name, int seed) => RunOf(StoreOf(name), name, seed);

    /// <summary>A run in a store.</summary>
    private protected WorkerRun RunOf(string store, string name, int seed) => new(store, _folder.File($"{name}.log"), seed);

    /// <summary>Compares what a broken run came to, in the end, with an uninterrupted one.</summary>
    private protected async Task ShouldEqualAsync(WorkerRun broken, WorkerRun whole)
    {
        (await WorkerRun.RecordedCallsAsync(Journal(broken.Store))).Should().Be(whole.Calls, "each call is recorded once");
        (await WorkerRun.ResultsAsync(Journal(broken.Store))).Should().Equal(await WorkerRun.ResultsAsync(Journal(whole.Store)));
        (await WorkerRun.LessonsAsync(await MemoryAsync(broken.Store))).Should().Equal(await WorkerRun.LessonsAsync(await MemoryAsync(whole.Store)));
    }

    /// <returns>How many calls were repaid.</returns>
    private async Task<int> KillAndResumeAsync(int seed, Func<bool> isToBeKilled, Action killed)
    {
        WorkerRun whole = RunOf($"whole{seed}", seed);
        WorkerRun broken = RunOf($"broken{seed}", seed);
        (await whole.RunAsync()).Should().Be((0, ""));
        int calls = whole.Calls;
        var random = new Random(seed);
        int lost = 0;
        for (int left = KillsPerRun; ; left = Math.Max(1, left - 1))
        {
            int todo = calls - (broken.Calls - lost);
            int served = random.Next(1, Math.Max(1, todo / left) + 1);
            TimeSpan moment = TimeSpan.FromMilliseconds(random.Next(10));
            bool wasKilled = false;
            (int exitCode, string failures) = await broken.RunAsync(isToBeKilled() ? served : int.MaxValue, async worker =>
            {
                await Task.Delay(moment);
                worker.Kill();
                wasKilled = true;
            });
            failures.Should().BeEmpty();
            if (!wasKilled || exitCode == 0)
            {
                break;
            }

            killed();
            int lostNow = broken.Calls - await WorkerRun.RecordedCallsAsync(Journal(broken.Store));
            (lostNow - lost).Should().BeLessThanOrEqualTo(WorkerRun.MostInFlight, "no more is lost than was in flight");
            lost = lostNow;
        }

        await ShouldEqualAsync(broken, whole);
        return broken.Calls - calls;
    }

    // Opened once, however often it is looked at: a server takes so many connections.
    private IEpisodeJournal Journal(string store) => _journals.GetOrAdd(store, OpenJournal);

    private async Task<IEpisodicMemory> MemoryAsync(string store) => _memories.GetOrAdd(store, await OpenMemoryAsync(store));
}
