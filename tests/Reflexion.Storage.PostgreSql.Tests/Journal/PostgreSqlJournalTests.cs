using System.Data.Common;
using Npgsql;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class PostgreSqlJournalTests : SqlJournalConformance
{
    private readonly TemporarySchemas _schemas = new();
    private string _schema = "";

    public override Task InitializeAsync()
    {
        _schema = _schemas.Next();
        return base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _schemas.DropAsync();
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_is_half_written()
    {
        await using var journal = new PostgreSqlEpisodeJournal(TemporarySchemas.ConnectionString, new() { Schema = _schema });
        await journal.AppendAsync(Step("e", 0));
        await RefuseAsync("bad", PostgresErrorCodes.DiskFull);

        (await journal.Awaiting(it => it.AppendAsync(Step("bad", 0)).AsTask()).Should().ThrowAsync<StoreException>().WithMessage("*has no room left on its disk: *refused*Nothing was written. Make room and repeat the call."))
            .Which.Fault.Should().Be(StoreFault.Full);
        (await journal.ReadAsync("bad").CountAsync()).Should().Be(0);
        await journal.AppendAsync(Step("e", 1));
    }

    [Fact]
    public async Task A_journal_over_the_callers_connections_leaves_them_as_they_were()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(TemporarySchemas.ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true }.ToString());
        await using (var journal = new PostgreSqlEpisodeJournal(source, new() { Schema = _schema }))
        {
            ReflexionAgent agent = Agents.Answering("Lyon", "Paris").UseJournal(journal).Build();
            await agent.RunAsync(Agents.Question);
            (await journal.ReadEpisodeAsync("e1"))!.Success.Should().BeTrue();
        }

        await using NpgsqlCommand command = source.CreateCommand("SELECT current_setting('search_path') || ' ' || current_setting('lock_timeout')");
        (await command.ExecuteScalarAsync()).Should().Be("\"$user\", public 0");
    }

    [Fact]
    public async Task Agents_and_experiments_are_given_a_journal_by_connection_string_or_source()
    {
        var options = new PostgreSqlJournalOptions { Schema = _schema };
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(TemporarySchemas.ConnectionString);
        using var model = new ScriptedChatClient("Paris", "Paris");
        await ReflexionAgent.CreateBuilder(model).UseEvaluator(Agents.Wants("Paris")).UsePostgreSqlJournal(TemporarySchemas.ConnectionString, options).Build()
            .RunAsync(Agents.Question, new() { EpisodeId = "string" });
        await ReflexionAgent.CreateBuilder(model).UseEvaluator(Agents.Wants("Paris")).UsePostgreSqlJournal(source, options).Build()
            .RunAsync(Agents.Question, new() { EpisodeId = "source" });
        await Experiment("string").UsePostgreSqlJournal(TemporarySchemas.ConnectionString, options).Build().RunAsync();
        await Experiment("source").UsePostgreSqlJournal(source, options).Build().RunAsync();

        await using var journal = new PostgreSqlEpisodeJournal(source, options);
        (await journal.ListAsync().CountAsync()).Should().Be(4);
    }

    protected override SqlDatabase CreateDatabase(TimeSpan? lockTimeout) =>
        new PostgreSqlDatabase(TemporarySchemas.ConnectionString, _schema, lockTimeout ?? TimeSpan.FromSeconds(30));

    protected override SqlEpisodicMemory CreateMemory() => new PostgreSqlEpisodicMemory(TemporarySchemas.ConnectionString, new() { Schema = _schema });

    protected override async ValueTask<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TemporarySchemas.ConnectionString) { SearchPath = _schema }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    protected override Task RefuseAsync(string episode) => RefuseAsync(episode, PostgresErrorCodes.RaiseException);

    // What sets tables up keeps everybody from appending.
    protected override async ValueTask<IAsyncDisposable> HoldLockAsync()
    {
        SqlDatabase database = CreateDatabase(null);
        DbConnection connection = await database.ConnectAsync(CancellationToken.None);
        await database.BeginWriteAsync(connection, isSetUp: false, CancellationToken.None);
        return new Held(database, connection);
    }

    private static JournalEntry Step(string id, long sequence) => new(id, sequence, 1, JournalEntryKind.StepCompleted, DateTimeOffset.UnixEpoch, "{}");

    private Task RefuseAsync(string episode, string error) => ExecuteAsync($"""
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{error}'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON journal_entries FOR EACH ROW WHEN (NEW.episode = '{episode}') EXECUTE FUNCTION refuse()
        """);

    private sealed class Held(SqlDatabase database, DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (DbCommand command = connection.CreateCommand())
            {
                command.CommandText = "ROLLBACK";
                await command.ExecuteNonQueryAsync();
            }

            await connection.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
