using System.Data.Common;
using System.Text.Json;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public abstract partial class SqlJournalConformance
{
    // A step as a later release may bring it: another column, filled from what there is, and another index.
    private static readonly SqlTables Later = new(
        "memory",
        [.. SqlMemoryTables.All.Steps, ["ALTER TABLE lessons ADD COLUMN note TEXT", "UPDATE lessons SET note = 'was ' || id", "CREATE INDEX lessons_by_note ON lessons (note)"]]);

    [Fact]
    public async Task Tables_of_a_newer_release_are_refused_also_while_running()
    {
        PlainSqlJournal journal = Open();
        await journal.AppendAsync(Entry("e", 0));
        await ExecuteAsync("UPDATE reflexion_schema SET version = 99 WHERE component = 'journal'");

        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await Open().AppendAsync(Entry("f", 0)),
            async () => await journal.AppendAsync(Entry("e", 1)),
            () => ReadAsync(journal, "e"),
            () => ListAsync(journal),
        })
        {
            (await call.Should().ThrowAsync<StoreException>().WithMessage("The journal in * has tables of version 99, and this release understands versions up to 1; use a newer release of Reflexion."))
                .Which.Fault.Should().Be(StoreFault.NewerSchema);
        }

        (await NumberAsync("SELECT COUNT(*) FROM journal_entries")).Should().Be(1);
    }

    [Fact]
    public async Task Many_that_set_up_the_same_database_at_once_find_one_another()
    {
        PlainSqlJournal[] journals = [.. Enumerable.Range(0, 6).Select(_ => Open())];

        await Task.WhenAll(journals.Select((journal, i) => Task.Run(async () => await journal.AppendAsync(Entry($"e{i}", 0)))));

        foreach (PlainSqlJournal journal in journals)
        {
            (await ListAsync(journal)).Should().HaveCount(6);
        }
    }

    [Fact]
    public async Task A_database_that_had_a_memory_only_gets_a_journal_and_keeps_the_memory()
    {
        MemorySnapshot before = await FillMemoryAsync();

        await Open().AppendAsync(Entry("e", 0));

        await using SqlEpisodicMemory memory = CreateMemory();
        (await memory.ExportAsync()).Should().BeEquivalentTo(before, check => check.WithStrictOrdering());
    }

    [Fact]
    public async Task An_older_version_becomes_the_next_with_all_that_is_in_it()
    {
        MemorySnapshot before = await FillMemoryAsync();
        await using SqlEpisodicMemory running = CreateMemory();
        await running.ExportAsync();

        // Many at once, of whom one does it.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SetUpAsync(Later))));

        (await NumberAsync("SELECT COUNT(*) FROM lessons WHERE note = 'was ' || id")).Should().Be(before.Lessons.Length);
        (await NumberAsync("SELECT version FROM reflexion_schema WHERE component = 'memory'")).Should().Be(2);
        Func<Task> write = async () => await running.AddAsync(Of("late"));
        await write.Should().ThrowAsync<StoreException>().WithMessage("The memory in * has tables of version 2, and this release understands versions up to 1; use a newer release of Reflexion.");

        // What the older release wrote means what it meant.
        await ExecuteAsync("UPDATE reflexion_schema SET version = 1 WHERE component = 'memory'");
        (await running.ExportAsync()).Should().BeEquivalentTo(before, check => check.WithStrictOrdering());
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_older_version_as_it_was()
    {
        MemorySnapshot before = await FillMemoryAsync();
        var broken = new SqlTables("memory", [.. SqlMemoryTables.All.Steps, ["ALTER TABLE lessons ADD COLUMN note TEXT", "UPDATE lessons SET missing = 1"]]);

        await this.Awaiting(_ => SetUpAsync(broken)).Should().ThrowAsync<DbException>().WithMessage("*missing*");

        await this.Awaiting(_ => ExecuteAsync("SELECT note FROM lessons")).Should().ThrowAsync<DbException>();
        await using SqlEpisodicMemory memory = CreateMemory();
        (await memory.ExportAsync()).Should().BeEquivalentTo(before, check => check.WithStrictOrdering());
        await memory.AddAsync(Of("late"));
    }

    [Fact]
    public async Task Rows_as_the_first_version_wrote_them_are_read()
    {
        PlainSqlJournal journal = Open();
        await journal.AppendAsync(Entry("other", 0));
        foreach (string line in Golden("journal.v1.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            JsonElement root = entry.RootElement;
            await ExecuteAsync($"""
                INSERT INTO journal_entries (episode, sequence, trial, kind, at, payload, id, writer)
                VALUES ('e1', {root.GetProperty("sequence")}, {root.GetProperty("trial")}, '{root.GetProperty("kind")}', '{root.GetProperty("at").GetDateTimeOffset():O}',
                    '{root.GetProperty("payload").GetRawText().Replace("'", "''", StringComparison.Ordinal)}', '', 'w.1')
                """);
        }

        EpisodeJson.Serialize((await journal.ReadEpisodeAsync("e1"))!).Should().Be(Golden("episode.v1.json").TrimEnd());
        (await ListAsync(journal)).Select(episode => (episode.EpisodeId, episode.StopReason)).Should().Equal(("e1", StopReason.TrialLimit), ("other", null));
    }

    /// <summary>A memory in this test's database.</summary>
    protected abstract SqlEpisodicMemory CreateMemory();

    private async Task<MemorySnapshot> FillMemoryAsync()
    {
        await using SqlEpisodicMemory memory = CreateMemory();
        Lesson[] lessons = [await memory.AddAsync(Of("look first")), await memory.AddAsync(Of("then leap", episode: "f")), await memory.AddAsync(Of("rest", task: "u"))];
        await memory.RecordUseAsync(new("e", 2, [lessons[0].Id, lessons[1].Id], 0.25));
        await memory.QuarantineAsync(new(Of("secret"), "It holds a secret.", DateTimeOffset.UnixEpoch));
        return await memory.ExportAsync();
    }

    private async Task SetUpAsync(SqlTables tables)
    {
        await using var store = new SqlStore(this, CreateDatabase(), tables, TimeSpan.Zero, TimeProvider.System);
        await store.SetUpAsync(CancellationToken.None);
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Golden(string name)
    {
        using var reader = new StreamReader(typeof(SqlJournalConformance).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
