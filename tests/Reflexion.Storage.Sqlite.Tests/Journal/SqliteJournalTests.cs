using System.Data.Common;
using Microsoft.Data.Sqlite;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class SqliteJournalTests : SqlJournalConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("runs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Appends_are_on_the_disk_unless_the_options_say_otherwise()
    {
        (await SynchronousAsync(new(FilePath, TimeSpan.Zero, new SqliteJournalOptions().FlushToDisk))).Should().Be(2L, "that is FULL");
        (await SynchronousAsync(new(FilePath, TimeSpan.Zero, flushToDisk: false))).Should().Be(0L);
    }

    [Fact]
    public async Task An_agent_is_given_a_journal_by_its_path_beside_its_memory()
    {
        using var model = new ScriptedChatClient("Rome", "Answer with the capital of France.", "Paris");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model).UseEvaluator(Agents.Wants("Paris")).UseSqliteMemory(FilePath).UseSqliteJournal(FilePath)
            .UseTimeProvider(new FakeTime()).Build();

        Episode episode = await agent.RunAsync(Agents.Question, new() { EpisodeId = "e1" });

        await using SqliteEpisodeJournal journal = await SqliteEpisodeJournal.OpenAsync(FilePath);
        journal.Path.Should().Be(FilePath);
        EpisodeJson.Serialize((await journal.ReadEpisodeAsync("e1"))!).Should().Be(EpisodeJson.Serialize(episode));
    }

    [Fact]
    public async Task An_experiment_is_given_a_journal_by_its_path()
    {
        await Experiment("e").UseSqliteJournal(FilePath).Build().RunAsync();

        await using var journal = new SqliteEpisodeJournal(FilePath);
        (await journal.ListAsync().CountAsync()).Should().Be(1);
    }

    protected override SqlDatabase CreateDatabase(TimeSpan? lockTimeout) => new SqliteDatabase(FilePath, lockTimeout ?? TimeSpan.FromSeconds(30), flushToDisk: false);

    protected override SqlEpisodicMemory CreateMemory() => new SqliteEpisodicMemory(FilePath, new() { FlushToDisk = false });

    protected override async ValueTask<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    protected override Task RefuseAsync(string episode) => ExecuteAsync(
        $"CREATE TRIGGER refuse BEFORE INSERT ON journal_entries WHEN NEW.episode = '{episode}' BEGIN SELECT RAISE(ABORT, 'refused'); END");

    protected override async ValueTask<IAsyncDisposable> HoldLockAsync()
    {
        DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<object?> SynchronousAsync(SqliteDatabase database)
    {
        await using DbConnection connection = await database.ConnectAsync(CancellationToken.None);
        await database.BeginWriteAsync(connection, isSetUp: true, CancellationToken.None);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        object? mode = await command.ExecuteScalarAsync();
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
        return mode;
    }
}
