namespace Reflexion.Tests;

/// <summary>What every journal does. A store's tests inherit it and say how to open the store.</summary>
public abstract class EpisodeJournalConformance : IAsyncLifetime
{
    private const string Start = """{"version":1,"agent":"a","task":{"id":"t","instruction":"Do it."},"strategy":"Reflexion","tenant":"","seed":0,"references":"","options":"","startedAt":"2026-01-01T00:00:00+00:00"}""";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2));

    /// <summary>Opens an empty journal.</summary>
    protected abstract ValueTask<IEpisodeJournal> OpenAsync();

    /// <summary>Opens the store of a journal again, as another process would; a journal that does not outlive itself is returned as it is.</summary>
    protected virtual ValueTask<IEpisodeJournal> ReopenAsync(IEpisodeJournal journal) => new(journal);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_empty_journal_knows_no_episode()
    {
        IEpisodeJournal journal = await OpenAsync();

        (await ReadAsync(journal, "e")).Should().BeEmpty();
        (await ListAsync(journal)).Should().BeEmpty();
        (await journal.ReadEpisodeAsync("e")).Should().BeNull();
    }

    [Fact]
    public async Task Entries_come_back_in_order_as_they_were_appended()
    {
        IEpisodeJournal journal = await OpenAsync();
        JournalEntry[] entries =
        [
            new("e", 0, 0, JournalEntryKind.EpisodeStarted, Now, Start),
            new("e", 1, 1, JournalEntryKind.ModelCalled, Now.AddTicks(1), """{ "text" : "Söarch \"first\"\n\t\u2028 🎯 <b>" , "n":1.50e+0, "a" : [ ] }"""),
            new("e", 2, 1000, JournalEntryKind.StepCompleted, DateTimeOffset.MinValue, "{}"),
        ];

        foreach (JournalEntry entry in entries)
        {
            await journal.AppendAsync(entry);
        }

        journal = await ReopenAsync(journal);
        (await ReadAsync(journal, "e")).Should().Equal(entries);
        (await ReadAsync(journal, "e")).Select(entry => entry.At.Offset).Should().Equal(entries.Select(entry => entry.At.Offset), "a time is the same instant in the same offset");
    }

    [Fact]
    public async Task Every_kind_of_entry_comes_back()
    {
        IEpisodeJournal journal = await OpenAsync();
        JournalEntry[] entries = [.. Enum.GetValues<JournalEntryKind>().Select((kind, at) => Entry("e", at) with { Kind = kind })];

        foreach (JournalEntry entry in entries)
        {
            await journal.AppendAsync(entry);
        }

        (await ReadAsync(await ReopenAsync(journal), "e")).Should().Equal(entries);
    }

    [Fact]
    public async Task A_large_payload_comes_back()
    {
        IEpisodeJournal journal = await OpenAsync();
        JournalEntry large = Entry("e", 0) with { Payload = $$"""{"text":"{{new string('é', 300_000)}}"}""" };

        await journal.AppendAsync(large);
        await journal.AppendAsync(Entry("e", 1));

        (await ReadAsync(await ReopenAsync(journal), "e")).Should().Equal(large, Entry("e", 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_sequence_that_is_taken_is_refused_and_nothing_is_written(int sequence)
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry("e", 0));
        await journal.AppendAsync(Entry("e", 1));
        IEpisodeJournal other = await ReopenAsync(journal);

        Func<Task> act = async () => await other.AppendAsync(Entry("e", sequence) with { Trial = 7 });

        (await act.Should().ThrowAsync<JournalConflictException>()).Which.Should().Match<JournalConflictException>(thrown =>
            thrown.EpisodeId == "e" && thrown.Sequence == sequence);
        (await ReadAsync(journal, "e")).Should().Equal(Entry("e", 0), Entry("e", 1));
    }

    [Fact]
    public async Task Of_many_writers_of_the_same_entry_one_succeeds()
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry("e", 0));
        IEpisodeJournal[] writers = [journal, await ReopenAsync(journal), await ReopenAsync(journal)];

        bool[] succeeded = await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            try
            {
                await writers[writer % writers.Length].AppendAsync(Entry("e", 1) with { Trial = writer });
                return true;
            }
            catch (JournalConflictException)
            {
                return false;
            }
        })));

        succeeded.Count(won => won).Should().Be(1);
        (await ReadAsync(journal, "e"))[1].Trial.Should().Be(Array.IndexOf(succeeded, true));
    }

    [Fact]
    public async Task Episodes_do_not_mix_even_where_their_ids_nearly_agree()
    {
        string[] ids = ["e", "E", "e ", "e/../e", "é", "a:b|c*?\"<>", new('x', 300), "日本", "e.jsonl", "%65", "e\n1"];
        IEpisodeJournal journal = await OpenAsync();
        foreach (string id in ids)
        {
            await journal.AppendAsync(Entry(id, 0));
            await journal.AppendAsync(Entry(id, 1));
        }

        journal = await ReopenAsync(journal);
        foreach (string id in ids)
        {
            (await ReadAsync(journal, id)).Should().Equal(Entry(id, 0), Entry(id, 1));
        }

        (await ListAsync(journal)).Select(episode => episode.EpisodeId).Should().Equal(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Episodes_are_written_side_by_side()
    {
        IEpisodeJournal journal = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(episode => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await journal.AppendAsync(Entry($"e{episode}", i));
            }
        })));

        (await ListAsync(await ReopenAsync(journal))).Select(episode => (episode.EpisodeId, episode.Entries))
            .Should().Equal(Enumerable.Range(0, 8).Select(episode => ($"e{episode}", 20L)));
    }

    [Fact]
    public async Task A_list_says_where_an_episode_stands()
    {
        IEpisodeJournal journal = await OpenAsync();
        await journal.AppendAsync(Entry("open", 0));
        await journal.AppendAsync(Entry("ended", 0));
        await journal.AppendAsync(End("ended", 1, "Success"));
        await journal.AppendAsync(Entry("failed", 0));
        await journal.AppendAsync(End("failed", 1, "Failed"));
        await journal.AppendAsync(Entry("resumed", 0));
        await journal.AppendAsync(End("resumed", 1, "Stopped"));
        await journal.AppendAsync(Entry("resumed", 2) with { Kind = JournalEntryKind.EpisodeResumed, At = Now.AddHours(2) });

        (await ListAsync(await ReopenAsync(journal))).Should().Equal(
            new("ended", "a", "t", EpisodeState.Ended, StopReason.Success, 2, Now, Now.AddHours(1)),
            new("failed", "a", "t", EpisodeState.Interrupted, StopReason.Failed, 2, Now, Now.AddHours(1)),
            new("open", "a", "t", EpisodeState.Open, null, 1, Now, Now),
            new("resumed", "a", "t", EpisodeState.Open, null, 3, Now, Now.AddHours(2)));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_prefix_agent_and_state()
    {
        IEpisodeJournal journal = await OpenAsync();
        foreach (string id in (string[])["run1/a", "run1/b", "run10/a", "RUN1/a", "run1%", "run1_"])
        {
            await journal.AppendAsync(Entry(id, 0));
        }

        await journal.AppendAsync(Entry("other", 0) with { Payload = Start.Replace("\"agent\":\"a\"", "\"agent\":\"b\"", StringComparison.Ordinal) });
        await journal.AppendAsync(End("other", 1, "TrialLimit"));

        (await ListAsync(journal, new() { Prefix = "run1/" })).Select(episode => episode.EpisodeId).Should().Equal("run1/a", "run1/b");
        (await ListAsync(journal, new() { Prefix = "run1%" })).Select(episode => episode.EpisodeId).Should().Equal("run1%");
        (await ListAsync(journal, new() { Agent = "b" })).Select(episode => episode.EpisodeId).Should().Equal("other");
        (await ListAsync(journal, new() { Agent = "c" })).Should().BeEmpty();
        (await ListAsync(journal, new() { State = EpisodeState.Ended })).Select(episode => episode.EpisodeId).Should().Equal("other");
        (await ListAsync(journal, new() { State = EpisodeState.Open, Prefix = "RUN" })).Select(episode => episode.EpisodeId).Should().Equal("RUN1/a");
    }

    [Fact]
    public async Task What_is_no_entry_is_refused_at_the_door()
    {
        IEpisodeJournal journal = await OpenAsync();
        JournalEntry[] wrong =
        [
            null!,
            Entry(" ", 0),
            Entry("e", -1),
            Entry("e", 0) with { Trial = -1 },
            Entry("e", 0) with { Kind = (JournalEntryKind)99 },
            Entry("e", 0) with { Payload = null! },
            Entry("e", 0) with { Payload = "" },
            Entry("e", 0) with { Payload = "1" },
            Entry("e", 0) with { Payload = "{" },
            Entry("e", 0) with { Payload = "{}{}" },
            Entry("e", 0) with { Payload = "{\n}" },
            Entry("e", 0) with { Payload = "{}\r" },
            Entry("e", 0) with { Payload = "{\"half\":\"\ud83c\"}" },
        ];

        foreach (JournalEntry entry in wrong)
        {
            await journal.Awaiting(it => it.AppendAsync(entry).AsTask()).Should().ThrowAsync<ArgumentException>();
        }

        journal.Invoking(it => it.ReadAsync(" ")).Should().Throw<ArgumentException>();
        (await ListAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_append_throws()
    {
        IEpisodeJournal journal = await OpenAsync();

        await journal.Awaiting(it => it.AppendAsync(Entry("e", 0), new(canceled: true)).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await journal.AppendAsync(Entry("e", 0));
        await journal.Awaiting(it => ReadAsync(it, "e", new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
        await journal.Awaiting(it => ListAsync(it, null, new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_whole_episode_is_written_and_read()
    {
        IEpisodeJournal journal = await OpenAsync();
        Episode episode = await Agents.Answering("Lyon", "Paris").UseJournal(journal).UseTimeProvider(new FakeTime()).Build().RunAsync(Agents.Question);

        Episode? read = await (await ReopenAsync(journal)).ReadEpisodeAsync("e1");

        EpisodeJson.Serialize(read!).Should().Be(EpisodeJson.Serialize(episode));
        (await ListAsync(journal)).Should().ContainSingle().Which.Should().Match<JournaledEpisode>(listed =>
            listed.EpisodeId == "e1" && listed.Agent == "reflexion" && listed.TaskId == "q1" && listed.StopReason == StopReason.Success);
    }

    private static JournalEntry Entry(string id, long sequence) =>
        new(id, sequence, 0, sequence == 0 ? JournalEntryKind.EpisodeStarted : JournalEntryKind.StepCompleted, Now, sequence == 0 ? Start : $$"""{"n":{{sequence}}}""");

    private static JournalEntry End(string id, long sequence, string reason) => new(
        id, sequence, 0, JournalEntryKind.EpisodeEnded, Now.AddHours(1), $$"""{"stop":{"reason":"{{reason}}","detail":""},"duration":"00:00:01","usage":[]}""");

    private static async Task<List<JournalEntry>> ReadAsync(IEpisodeJournal journal, string id, CancellationToken cancellationToken = default)
    {
        var entries = new List<JournalEntry>();
        await foreach (JournalEntry entry in journal.ReadAsync(id, cancellationToken))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static async Task<List<JournaledEpisode>> ListAsync(IEpisodeJournal journal, JournalQuery? query = null, CancellationToken cancellationToken = default)
    {
        var episodes = new List<JournaledEpisode>();
        await foreach (JournaledEpisode episode in journal.ListAsync(query, cancellationToken))
        {
            episodes.Add(episode);
        }

        return episodes;
    }
}
