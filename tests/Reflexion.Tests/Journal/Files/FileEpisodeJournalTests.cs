using System.Text;

namespace Reflexion.Tests;

public sealed class FileEpisodeJournalTests : EpisodeJournalConformance, IDisposable
{
    private const string Payload = """{"n":1}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IEpisodeJournal> OpenAsync() => new(new FileEpisodeJournal(_folder.Path, new() { FlushToDisk = false }));

    protected override ValueTask<IEpisodeJournal> ReopenAsync(IEpisodeJournal journal) => OpenAsync();

    [Fact]
    public async Task A_file_is_lines_that_say_what_they_are()
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry(0));
        await journal.AppendAsync(Entry(1));

        string file = Directory.GetFiles(_folder.Path, "*.jsonl").Should().ContainSingle().Subject;
        Path.GetFileName(file).Should().Be("run_1_task_2-807a79dac5281667.jsonl");
        (await File.ReadAllTextAsync(file)).Should().Be(
            """
            {"format":"reflexion-journal","version":1,"episode":"run 1/task 2"}
            {"sequence":0,"trial":1,"kind":"StepCompleted","at":"1970-01-01T00:00:00.0000000+00:00","payload":{"n":1}}
            {"sequence":1,"trial":1,"kind":"StepCompleted","at":"1970-01-01T00:00:00.0000000+00:00","payload":{"n":1}}

            """);
    }

    [Fact]
    public async Task A_file_cut_at_any_byte_is_readable_and_can_be_gone_on_with()
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry(0));
        await journal.AppendAsync(Entry(1));
        string file = Directory.GetFiles(_folder.Path, "*.jsonl")[0];
        byte[] whole = await File.ReadAllBytesAsync(file);

        for (int length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            int lines = whole[..length].Count(unit => unit == '\n');
            journal = await OpenAsync();
            (await ReadAsync(journal)).Should().Equal(Enumerable.Range(0, Math.Max(0, lines - 1)).Select(at => Entry(at)));

            for (int next = Math.Max(0, lines - 1); next < 2; next++)
            {
                await journal.AppendAsync(Entry(next));
            }

            (await File.ReadAllBytesAsync(file)).Should().Equal(whole);
        }
    }

    [Theory]
    [InlineData("hello\n", "This is no reflexion-journal file: its first line is no header.")]
    [InlineData("{\"format\":\"x\",\"version\":1,\"episode\":\"run 1/task 2\"}\n", "This is no reflexion-journal file: its first line names the format 'x'.")]
    [InlineData("{\"format\":\"reflexion-journal\",\"version\":2,\"episode\":\"run 1/task 2\"}\n", "The file is of version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("{\"format\":\"reflexion-journal\",\"version\":1,\"episode\":\"other\"}\n", "The file is of episode 'other', not of 'run 1/task 2'; it was renamed, so give it its name back.")]
    public async Task A_file_that_is_something_else_is_refused_and_left_as_it_is(string text, string problem)
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry(0));
        string file = Directory.GetFiles(_folder.Path, "*.jsonl")[0];
        await File.WriteAllTextAsync(file, text);

        (await journal.Awaiting(it => it.AppendAsync(Entry(1)).AsTask()).Should().ThrowAsync<EpisodeFormatException>()).WithMessage($"{file}: {problem}");
        (await journal.Awaiting(it => ReadAsync(it)).Should().ThrowAsync<EpisodeFormatException>()).WithMessage($"{file}: {problem}");
        (await File.ReadAllTextAsync(file)).Should().Be(text);
    }

    [Theory]
    [InlineData("{\"sequence\":1}", "*A line is damaged (*). Everything before it is readable; restore the line, or cut the file there.")]
    [InlineData("garbage", "*A line is damaged (*")]
    [InlineData("{\"sequence\":1,\"trial\":1,\"kind\":\"Later\",\"at\":\"1970-01-01T00:00:00Z\",\"payload\":{}}", "*The entry is of the unknown kind 'Later'. A newer release of Reflexion may have written it; use that one.")]
    public async Task A_damaged_line_is_named(string line, string problem)
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry(0));
        await File.AppendAllTextAsync(Directory.GetFiles(_folder.Path, "*.jsonl")[0], line + "\n");

        (await journal.Awaiting(it => ReadAsync(it)).Should().ThrowAsync<EpisodeFormatException>()).WithMessage(problem);
    }

    [Fact]
    public async Task A_lock_that_somebody_keeps_times_out()
    {
        var journal = new FileEpisodeJournal(_folder.Path, new() { LockTimeout = TimeSpan.Zero });
        await journal.AppendAsync(Entry(0));
        string[] locks = Directory.GetFiles(_folder.Path, "*.lock");
        using FileStream held = File.Open(locks.Should().ContainSingle().Subject, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        (await journal.Awaiting(it => it.AppendAsync(Entry(1)).AsTask()).Should().ThrowAsync<JournalException>())
            .WithMessage($"Another process has kept {held.Name} locked for 0 s. See which one holds it, or raise FileJournalOptions.LockTimeout.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_full_disk_leaves_nothing_half_written(int room)
    {
        var disk = new FullDisk();
        var journal = new FileEpisodeJournal(_folder.Path, new(), TimeProvider.System, disk);
        await journal.AppendAsync(Entry(0));
        byte[] before = await File.ReadAllBytesAsync(Directory.GetFiles(_folder.Path, "*.jsonl")[0]);

        disk.Room = room;
        await journal.Awaiting(it => it.AppendAsync(Entry(1)).AsTask()).Should().ThrowAsync<IOException>();

        (await File.ReadAllBytesAsync(Directory.GetFiles(_folder.Path, "*.jsonl")[0])).Should().Equal(before);
        disk.Room = null;
        await journal.AppendAsync(Entry(1));
        (await ReadAsync(journal)).Should().Equal(Entry(0), Entry(1));
        disk.Flushes.Should().Be(2);
    }

    [Fact]
    public async Task An_episode_on_a_full_disk_fails_by_the_journal_and_goes_on_when_there_is_room()
    {
        var disk = new FullDisk();
        var journal = new FileEpisodeJournal(_folder.Path, new(), TimeProvider.System, disk);
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").UseJournal(journal).UseTimeProvider(new FakeTime()).Build();
        disk.Room = 3_000;

        Episode broken = await agent.RunAsync(Agents.Question);
        disk.Room = null;
        Episode resumed = await agent.RunAsync(Agents.Question, new() { EpisodeId = broken.Id });

        broken.StopReason.Should().Be(StopReason.Failed);
        broken.StopDetail.Should().StartWith("The Journal failed: The journal could not record that episode 'e1' came to ")
            .And.EndWith(": No space left on device Nothing of it is half-written; run the episode again under its id to go on.");
        resumed.Success.Should().BeTrue();
        resumed.Trials.Should().HaveCount(2);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        FluentActions.Invoking(() => new FileEpisodeJournal(" ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new FileEpisodeJournal(_folder.Path, new() { LockTimeout = TimeSpan.FromSeconds(-1) })).Should().Throw<ArgumentException>();
        new FileEpisodeJournal(_folder.File("new")).Folder.Should().Be(_folder.File("new"));
        Directory.Exists(_folder.File("new")).Should().BeTrue();
    }

    [Fact]
    public async Task A_list_reads_no_more_than_the_ends_of_large_files()
    {
        Episode episode = await Agents.Answering("Lyon", "Paris").UseJournal(new FileEpisodeJournal(_folder.Path)).Build().RunAsync(Agents.Question);
        string file = Directory.GetFiles(_folder.Path, "*.jsonl")[0];
        string[] lines = await File.ReadAllLinesAsync(file);

        // What stands in the middle is not looked at; the last line may itself be longer than what is read at once.
        await File.WriteAllTextAsync(file, string.Join('\n', [.. lines[..2], new string('x', 200_000), "y", lines[^1], ""]));
        (await ListAsync()).Should().ContainSingle().Which.StopReason.Should().Be(StopReason.Success);
        await File.WriteAllTextAsync(file, string.Join('\n', [.. lines[..^1], lines[^1].Replace("\"detail\":\"", "\"detail\":\"" + new string('z', 100_000), StringComparison.Ordinal), ""]));
        (await ListAsync()).Should().ContainSingle().Which.Entries.Should().Be(lines.Length - 1);
        episode.Success.Should().BeTrue();
    }

    [Fact]
    public async Task A_file_without_a_whole_entry_is_not_listed()
    {
        await (await OpenAsync()).AppendAsync(Entry(0));
        string file = Directory.GetFiles(_folder.Path, "*.jsonl")[0];
        string header = (await File.ReadAllLinesAsync(file))[0];

        await File.WriteAllTextAsync(file, header);
        (await ListAsync()).Should().BeEmpty();
        await File.WriteAllTextAsync(file, header + "\n{\"sequence\":");
        (await ListAsync()).Should().BeEmpty();
    }

    private static JournalEntry Entry(long sequence) =>
        new("run 1/task 2", sequence, 1, JournalEntryKind.StepCompleted, DateTimeOffset.UnixEpoch, Payload);

    private static async Task<List<JournalEntry>> ReadAsync(IEpisodeJournal journal)
    {
        var entries = new List<JournalEntry>();
        await foreach (JournalEntry entry in journal.ReadAsync("run 1/task 2"))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task<List<JournaledEpisode>> ListAsync()
    {
        var episodes = new List<JournaledEpisode>();
        await foreach (JournaledEpisode episode in (await OpenAsync()).ListAsync())
        {
            episodes.Add(episode);
        }

        return episodes;
    }
}
