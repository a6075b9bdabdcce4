using Microsoft.Data.Sqlite;

namespace Reflexion.Benchmarks;

/// <summary>SQLite, beside one-row inserts that are each committed to a write-ahead log with synchronous = FULL.</summary>
internal sealed class SqliteJournalStore : JournalStore
{
    private readonly SqliteEpisodeJournal _journal;
    private readonly List<SqliteCommand> _inserts = [];

    public SqliteJournalStore()
    {
        _journal = new(Path.Combine(Folder, "journal.db"));
    }

    protected override IEpisodeJournal Journal => _journal;

    public override async Task CommitAsync(int writer)
    {
        SqliteCommand insert = _inserts[writer];
        insert.Parameters["@sequence"].Value = (long)insert.Parameters["@sequence"].Value! + 1;
        await insert.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await CloseAsync();
        SqliteConnection.ClearAllPools();
        await base.DisposeAsync();
    }

    protected override async Task OpenByHandAsync(int writers)
    {
        await CloseAsync();
        for (int writer = 0; writer < writers; writer++)
        {
            var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "bare.db")};Pooling=False;Default Timeout=60");
            await connection.OpenAsync();
            SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                CREATE TABLE IF NOT EXISTS entries (episode TEXT, sequence BIGINT, payload TEXT, PRIMARY KEY (episode, sequence))
                """;
            await insert.ExecuteNonQueryAsync();
            insert.CommandText = "INSERT INTO entries VALUES (@episode, @sequence, @payload)";
            insert.Parameters.AddWithValue("@episode", $"{writers}.{writer}");
            insert.Parameters.AddWithValue("@sequence", 0L);
            insert.Parameters.AddWithValue("@payload", Payload);
            _inserts.Add(insert);
        }
    }

    private async Task CloseAsync()
    {
        foreach (SqliteCommand insert in _inserts)
        {
            SqliteConnection connection = insert.Connection!;
            await insert.DisposeAsync();
            await connection.DisposeAsync();
        }

        _inserts.Clear();
    }
}
