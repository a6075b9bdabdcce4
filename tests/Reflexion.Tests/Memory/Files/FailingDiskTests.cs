using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class FailingDiskTests : IDisposable
{
    private static readonly FileMemoryOptions Options = new() { LockTimeout = TimeSpan.FromSeconds(60) };
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTime _time = new();

    private string FilePath => _folder.File("memory.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public async Task A_full_disk_fails_the_call_and_leaves_no_trace_of_it(int room)
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        Lesson kept = await memory.AddAsync(Of("kept"));
        byte[] before = await File.ReadAllBytesAsync(FilePath);
        MemorySnapshot held = await memory.ExportAsync();

        log.Room = room;
        Func<Task>[] calls =
        [
            async () => await memory.AddAsync(Of("lost")),
            async () => await memory.RecordUseAsync(Use(2, 1, kept)),
            async () => await memory.QuarantineAsync(new(kept, "why", Start)),
            async () => await memory.ImportAsync(new() { Lessons = [Of("lost 2"), Of("lost 3")] }),
        ];
        foreach (Func<Task> call in calls)
        {
            await call.Should().ThrowAsync<IOException>().WithMessage("No space left on device");
            (await File.ReadAllBytesAsync(FilePath)).Should().Equal(before);
            (await memory.ExportAsync()).Should().BeEquivalentTo(held);
        }

        log.Room = null;
        (await memory.AddAsync(Of("kept", episode: "e2"))).Provenances.Should().HaveCount(2);
        (await memory.RecallAsync(Query())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_failed_flush_fails_the_call_and_takes_its_lines_back()
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        byte[] before = await File.ReadAllBytesAsync(FilePath);
        Func<Task> add = async () => await memory.AddAsync(Of("a"));

        log.FlushFails = true;
        await add.Should().ThrowAsync<IOException>().WithMessage("Input/output error");

        (await File.ReadAllBytesAsync(FilePath)).Should().Equal(before);
        log.FlushFails = false;
        (await memory.AddAsync(Of("a"))).Provenances.Should().ContainSingle();
    }

    [Fact]
    public async Task A_compaction_that_fails_leaves_the_file_as_it_was()
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        await memory.AddAsync(Of("a"));
        byte[] before = await File.ReadAllBytesAsync(FilePath);
        Func<Task> compact = async () => await memory.CompactAsync();

        log.Room = 10;
        await compact.Should().ThrowAsync<IOException>();
        log.Room = null;

        (await File.ReadAllBytesAsync(FilePath)).Should().Equal(before);
        Directory.GetFiles(_folder.Path, "*.compacting").Should().BeEmpty();
        await memory.AddAsync(Of("b"));
        (await memory.RecallAsync(Query())).Should().HaveCount(2);
        await compact.Should().NotThrowAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_compaction_nobody_asked_for_fails_nobody(bool fails)
    {
        var log = new FaultyLog(FilePath, _time) { CompactionFails = fails };
        await using FileEpisodicMemory memory = await Open(log, Options with { MaxUses = 10 });

        await Task.WhenAll(Enumerable.Range(1, 5_100).Select(trial => memory.RecordUseAsync(Use(trial, 0)).AsTask()));
        await memory.RecordUseAsync(Use(6_000, 0));

        (await memory.ExportAsync()).Uses.Should().HaveCount(10);
        (File.ReadLines(FilePath).Count() > 10_000).Should().Be(fails);
    }

    [Fact]
    public async Task A_batch_of_which_some_lines_fitted_is_taken_back_whole()
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        Func<Task> import = async () => await memory.ImportAsync(new() { Lessons = [Of("a"), Of("b"), Of("c")] });

        log.Room = 600;
        await import.Should().ThrowAsync<IOException>();

        File.ReadLines(FilePath).Should().ContainSingle();
        (await memory.ExportAsync()).Lessons.Should().BeEmpty();
    }

    [Fact]
    public async Task Leftovers_of_a_compaction_that_died_are_no_obstacle()
    {
        await using FileEpisodicMemory memory = await Open(new(FilePath, _time));
        await memory.AddAsync(Of("a"));
        await File.WriteAllTextAsync(FilePath + ".compacting", new string('x', 10_000));

        await memory.CompactAsync();

        File.Exists(FilePath + ".compacting").Should().BeFalse();
        (await memory.AddAsync(Of("b"))).Text.Should().Be("b");
    }

    [Fact]
    public async Task Calls_made_while_the_disk_is_busy_share_one_write_and_one_flush()
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        (int writes, int flushes) = (log.Writes, log.Flushes);
        using var isWriting = new SemaphoreSlim(0);
        using var mayWrite = new ManualResetEventSlim();
        log.BeforeWrite = () =>
        {
            isWriting.Release();
            mayWrite.Wait();
        };

        Task<Lesson> first = memory.AddAsync(Of("first")).AsTask();
        await isWriting.WaitAsync();
        Task<Lesson>[] others = [.. Enumerable.Range(0, 500).Select(i => memory.AddAsync(Of($"lesson {i}", task: $"{i}")).AsTask())];
        (await memory.RecallAsync(Query())).Should().BeEmpty("what is not yet written is not recalled");
        mayWrite.Set();
        await Task.WhenAll([first, .. others]);

        (log.Writes - writes).Should().Be(2);
        (log.Flushes - flushes).Should().Be(2);
    }

    [Fact]
    public async Task A_call_cancelled_while_it_is_written_is_filed_whole()
    {
        var log = new FaultyLog(FilePath, _time);
        await using FileEpisodicMemory memory = await Open(log);
        using var source = new CancellationTokenSource();
        log.BeforeWrite = source.Cancel;
        Func<Task> add = async () => await memory.AddAsync(Of("a"), source.Token);

        await add.Should().ThrowAsync<OperationCanceledException>();

        log.BeforeWrite = null;
        await memory.AddAsync(Of("b"));
        (await memory.RecallAsync(Query())).Select(lesson => lesson.Text).Should().Equal("a", "b");
    }

    private async Task<FileEpisodicMemory> Open(FaultyLog log, FileMemoryOptions? options = null) =>
        await FileEpisodicMemory.OpenAsync(FilePath, options ?? Options, _time, log);
}
