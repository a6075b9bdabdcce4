using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Reflexion;

/// <summary>One SQLite file: a write-ahead log, so that readers wait for nobody, and one writer at a time.</summary>
internal sealed class SqliteDatabase : SqlDatabase
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    private readonly string _connectionString;
    private readonly TimeSpan _lockTimeout;
    private readonly bool _flushToDisk;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string path, TimeSpan lockTimeout, bool flushToDisk)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _lockTimeout = lockTimeout;
        _flushToDisk = flushToDisk;
        Name = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Name,

            // For what waits within SQLite itself, such as a recovery after a crash; zero would wait for ever.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(lockTimeout.TotalSeconds)),
        }.ToString();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN })
            {
                throw new StoreException(StoreFault.Unavailable, $"{Name} cannot be opened: {e.Message} See that its folder exists and may be written to.", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        Execute((SqliteConnection)connection, "BEGIN");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken)
    {
        var sqlite = (SqliteConnection)connection;
        if (!isSetUp)
        {
            Execute(sqlite, "PRAGMA journal_mode = WAL");
        }

        Execute(sqlite, _flushToDisk ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");

        // SQLite itself would wait on this thread, and the driver in steps of 150 ms.
        TimeSpan waited = TimeSpan.Zero;
        for (TimeSpan pause = FirstPause; raw.sqlite3_exec(sqlite.Handle, "BEGIN IMMEDIATE") is var code and not raw.SQLITE_OK; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            if ((code & 0xFF) != raw.SQLITE_BUSY || waited >= _lockTimeout)
            {
                throw new SqliteException(raw.sqlite3_errmsg(sqlite.Handle).utf8_to_string(), code & 0xFF, code);
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            waited += pause;
        }
    }

    /// <inheritdoc/>
    public override string Define(string definition) => definition
        .Replace("{key}", "INTEGER PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{real}", "REAL", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{clustered}", " WITHOUT ROWID", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override StoreFault? FaultOf(Exception exception) => exception is not SqliteException fault ? null : fault.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StoreFault.Busy,
        raw.SQLITE_FULL => StoreFault.Full,
        raw.SQLITE_IOERR when fault.SqliteExtendedErrorCode is raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_WRITE => StoreFault.Full,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFault.Damaged,
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
