using System.Data.Common;

namespace Reflexion.Tests;

/// <summary>What every journal in a database does beyond what every journal does.</summary>
public abstract partial class SqlJournalConformance : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (IAsyncDisposable opened in _opened)
        {
            await opened.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_waits_while_others_are_committed_is_committed_together()
    {
        var gate = new TaskCompletionSource();
        var database = new WatchedDatabase(CreateDatabase());
        PlainSqlJournal journal = Open(database);
        await journal.AppendAsync(Entry("first", 0));
        database.Gate = gate.Task;
        int before = database.Calls;

        Task[] appends = [.. Enumerable.Range(0, 40).Select(i => journal.AppendAsync(Entry($"e{i % 20}", i / 20)).AsTask())];
        gate.SetResult();
        await Task.WhenAll(appends);

        (database.Calls - before).Should().BeInRange(1, 2, "the first takes what there is by then, and the next the rest");
        (await ListAsync(journal)).Select(episode => episode.Entries).Should().Equal([.. Enumerable.Repeat(2L, 20), 1]);
    }

    [Fact]
    public async Task One_that_cannot_be_written_takes_no_other_with_it()
    {
        var gate = new TaskCompletionSource();
        var database = new WatchedDatabase(CreateDatabase());
        PlainSqlJournal journal = Open(database);
        await journal.AppendAsync(Entry("first", 0));
        await RefuseAsync("bad");
        database.Gate = gate.Task;

        Dictionary<string, Task> appends = ((string[])["a", "bad", "b", "c"]).ToDictionary(id => id, id => journal.AppendAsync(Entry(id, 0)).AsTask());
        gate.SetResult();

        await appends["bad"].Awaiting(append => append).Should().ThrowAsync<DbException>().WithMessage("*refused*");
        await Task.WhenAll(appends["a"], appends["b"], appends["c"]);
        (await ListAsync(journal)).Select(episode => episode.EpisodeId).Should().Equal("a", "b", "c", "first");
    }

    [Fact]
    public async Task An_append_that_was_committed_without_a_word_is_recognised()
    {
        var database = new WatchedDatabase(CreateDatabase());
        PlainSqlJournal journal = Open(database);
        await journal.AppendAsync(Entry("e", 0));

        database.Breaks = 2;
        int before = database.Calls;
        await journal.AppendAsync(Entry("e", 1));

        (database.Calls - before).Should().Be(4, "it was tried three times and then looked for");
        (await ReadAsync(journal, "e")).Should().Equal(Entry("e", 0), Entry("e", 1));
        await journal.Awaiting(it => it.AppendAsync(Entry("e", 1)).AsTask()).Should().ThrowAsync<JournalConflictException>("the same words are not the same append");
    }

    [Fact]
    public async Task A_database_that_stays_away_is_named()
    {
        var database = new WatchedDatabase(CreateDatabase());
        PlainSqlJournal journal = Open(database, new() { RetryFor = TimeSpan.Zero });
        await journal.AppendAsync(Entry("e", 0));
        database.Breaks = 1;

        (await journal.Awaiting(it => it.AppendAsync(Entry("f", 0)).AsTask()).Should().ThrowAsync<StoreException>().WithMessage("* cannot be reached, also when tried again: The connection broke.*"))
            .Which.Fault.Should().Be(StoreFault.Unavailable);
    }

    [Fact]
    public async Task Entries_are_numbered_without_a_gap()
    {
        PlainSqlJournal journal = Open();
        await journal.AppendAsync(Entry("e", 0));

        await journal.Awaiting(it => it.AppendAsync(Entry("e", 2)).AsTask()).Should().ThrowAsync<JournalConflictException>();
        await journal.Awaiting(it => it.AppendAsync(Entry("f", 1)).AsTask()).Should().ThrowAsync<JournalConflictException>();
        (await ReadAsync(journal, "e")).Should().Equal(Entry("e", 0));
    }

    [Fact]
    public async Task Long_episodes_are_read_to_their_end()
    {
        PlainSqlJournal journal = Open();
        JournalEntry[] entries = [.. Enumerable.Range(0, 403).Select(i => Entry("e", i))];
        await Task.WhenAll(entries.Select(entry => journal.AppendAsync(entry).AsTask()));

        (await ReadAsync(journal, "e")).Should().Equal(entries);
    }

    [Fact]
    public async Task Lists_of_many_episodes_are_in_order()
    {
        PlainSqlJournal journal = Open();
        string[] ids = [.. Enumerable.Range(0, 230).Select(i => $"{i * 7 % 230:x}")];
        await Task.WhenAll(ids.Select(id => journal.AppendAsync(Entry(id, 0)).AsTask()));

        (await ListAsync(journal)).Select(episode => episode.EpisodeId).Should().Equal(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_append_waits_for_others_for_so_long_and_no_longer()
    {
        PlainSqlJournal journal = Open(CreateDatabase(TimeSpan.Zero));
        await journal.AppendAsync(Entry("e", 0));
        await using (await HoldLockAsync())
        {
            (await journal.Awaiting(it => it.AppendAsync(Entry("e", 1)).AsTask()).Should().ThrowAsync<StoreException>().WithMessage("*stayed locked by others*Nothing was written*"))
                .Which.Fault.Should().Be(StoreFault.Busy);
            (await ReadAsync(journal, "e")).Should().HaveCount(1, "readers wait for nobody");
        }

        await journal.AppendAsync(Entry("e", 1));
    }

    [Theory]
    [InlineData("kind = 'Later'", "*, episode 'e', entry 1: The entry is of the unknown kind 'Later'. A newer release of Reflexion may have written it; use that one.")]
    [InlineData("at = 'noon'", "*, episode 'e', entry 1: The entry is damaged: 'noon' is no time. Restore the row from a backup.")]
    public async Task A_row_that_was_altered_is_named(string change, string problem)
    {
        PlainSqlJournal journal = Open();
        await journal.AppendAsync(Entry("e", 0));
        await journal.AppendAsync(Entry("e", 1));
        await ExecuteAsync($"UPDATE journal_entries SET {change} WHERE sequence = 1");

        await journal.Awaiting(it => ReadAsync(it, "e")).Should().ThrowAsync<EpisodeFormatException>().WithMessage(problem);
        await journal.Awaiting(it => ListAsync(it)).Should().ThrowAsync<EpisodeFormatException>().WithMessage(problem);
    }

    [Fact]
    public async Task A_disposed_journal_takes_no_more()
    {
        PlainSqlJournal journal = Open();
        await journal.AppendAsync(Entry("e", 0));
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        await journal.Awaiting(it => it.AppendAsync(Entry("e", 1)).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
        await journal.Awaiting(it => ReadAsync(it, "e")).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (PlainSqlJournalOptions options in new PlainSqlJournalOptions[]
        {
            new() { LockTimeout = TimeSpan.FromTicks(-1) }, new() { LockTimeout = TimeSpan.FromDays(2) }, new() { RetryFor = TimeSpan.FromTicks(-1) },
        })
        {
            Action create = () => Open(options: options);
            create.Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    /// <summary>An experiment of one episode.</summary>
    protected static ExperimentBuilder Experiment(string name) => Reflexion.Experiment.CreateBuilder(name)
        .AddTasks([new DomainTask(Agents.Question)])
        .AddArm("arm", builder => builder.UseActor(FakeActor.Answering(_ => "Paris")).UseEvaluator(Agents.Wants("Paris")).UseReflector(new DelegateReflector(_ => "Lesson.")));

    /// <summary>This test's database, once more.</summary>
    protected abstract SqlDatabase CreateDatabase(TimeSpan? lockTimeout = null);

    /// <summary>Opens a connection to it past the journal.</summary>
    protected abstract ValueTask<DbConnection> ConnectAsync();

    /// <summary>Makes the database refuse entries of an episode.</summary>
    protected abstract Task RefuseAsync(string episode);

    /// <summary>Takes the lock that appends wait for, until it is disposed.</summary>
    protected abstract ValueTask<IAsyncDisposable> HoldLockAsync();

    protected async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private PlainSqlJournal Open(SqlDatabase? database = null, PlainSqlJournalOptions? options = null)
    {
        var journal = new PlainSqlJournal(database ?? CreateDatabase(), options);
        _opened.Add(journal);
        return journal;
    }

    private static JournalEntry Entry(string id, long sequence) => new(
        id,
        sequence,
        0,
        sequence == 0 ? JournalEntryKind.EpisodeStarted : JournalEntryKind.StepCompleted,
        DateTimeOffset.UnixEpoch,
        sequence == 0
            ? """{"version":1,"agent":"a","task":{"id":"t","instruction":"Do it."},"strategy":"Reflexion","tenant":"","seed":0,"references":"","options":"","startedAt":"2026-01-01T00:00:00+00:00"}"""
            : $$"""{"n":{{sequence}}}""");

    private static async Task<List<JournalEntry>> ReadAsync(PlainSqlJournal journal, string id)
    {
        var entries = new List<JournalEntry>();
        await foreach (JournalEntry entry in journal.ReadAsync(id))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static async Task<List<JournaledEpisode>> ListAsync(PlainSqlJournal journal)
    {
        var episodes = new List<JournaledEpisode>();
        await foreach (JournaledEpisode episode in journal.ListAsync())
        {
            episodes.Add(episode);
        }

        return episodes;
    }
}
