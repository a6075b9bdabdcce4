using Npgsql;

namespace Reflexion.Benchmarks;

/// <summary>PostgreSQL at <c>REFLEXION_POSTGRESQL</c>, beside prepared one-row inserts that commit by themselves.</summary>
internal sealed class PostgreSqlJournalStore : JournalStore
{
    private const string Schema = "reflexion_benchmark";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL") ?? throw new InvalidOperationException("Set REFLEXION_POSTGRESQL to the connection string of a server in which schemas may be made."));

    private readonly PostgreSqlEpisodeJournal _journal;
    private readonly List<NpgsqlCommand> _inserts = [];

    public PostgreSqlJournalStore()
    {
        _journal = new(Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL")!, new() { Schema = Schema });
    }

    protected override IEpisodeJournal Journal => _journal;

    public override async Task CommitAsync(int writer)
    {
        NpgsqlCommand insert = _inserts[writer];
        insert.Parameters[1].Value = (long)insert.Parameters[1].Value! + 1;
        await insert.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _journal.DisposeAsync();
        await using (NpgsqlCommand drop = _source.CreateCommand($"DROP SCHEMA {Schema} CASCADE"))
        {
            await drop.ExecuteNonQueryAsync();
        }

        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task OpenByHandAsync(int writers)
    {
        await CloseAsync();
        await using (NpgsqlCommand create = _source.CreateCommand(
            $"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS {Schema}.entries (episode TEXT, sequence BIGINT, payload TEXT, PRIMARY KEY (episode, sequence))"))
        {
            await create.ExecuteNonQueryAsync();
        }

        for (int writer = 0; writer < writers; writer++)
        {
            NpgsqlConnection connection = await _source.OpenConnectionAsync();
            var insert = new NpgsqlCommand($"INSERT INTO {Schema}.entries VALUES ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = $"{writers}.{writer}" }, new() { Value = 0L }, new() { Value = Payload } },
            };
            await insert.PrepareAsync();
            _inserts.Add(insert);
        }
    }

    private async Task CloseAsync()
    {
        foreach (NpgsqlCommand insert in _inserts)
        {
            NpgsqlConnection connection = insert.Connection!;
            await insert.DisposeAsync();
            await connection.DisposeAsync();
        }

        _inserts.Clear();
    }
}
