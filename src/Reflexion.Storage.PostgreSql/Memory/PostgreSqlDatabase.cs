using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Reflexion;

/// <summary>One schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDatabase : SqlDatabase
{
    private const int LongestName = 63;

    // One number for all memories: schemas are made seldom, and one after the other.
    private const long SetUpLock = 0x5265666C6578;

    private readonly NpgsqlDataSource _source;
    private readonly string _schema;
    private readonly string _lockTimeout;

    public PostgreSqlDatabase(string connectionString, PostgreSqlMemoryOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentNullException.ThrowIfNull(options.Schema);
        if (options.Schema.Length is 0 or > LongestName || !options.Schema.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new ArgumentException($"The schema is called '{options.Schema}'; it takes 1 to {LongestName} letters, digits and underscores.", nameof(options));
        }

        _schema = options.Schema;

        // Zero would wait for ever, and one millisecond is the next best.
        _lockTimeout = Math.Max(1, Math.Ceiling(options.LockTimeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = _schema,

            // Nothing outlives a transaction here, so there is nothing to reset.
            NoResetOnClose = true,
        };
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 64;
        }

        Name = $"Schema {_schema} of PostgreSQL database {settings.Database} at {settings.Host}";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);

    /// <inheritdoc/>
    public override ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        isSetUp
            ? $"BEGIN; SET LOCAL lock_timeout = {_lockTimeout}; SELECT 1 FROM reflexion_schema WHERE component = 'memory' FOR UPDATE"
            : $"""
              BEGIN; SET LOCAL lock_timeout = {_lockTimeout}; SELECT pg_advisory_xact_lock({SetUpLock});
              DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{_schema}') THEN CREATE SCHEMA "{_schema}"; END IF; END $$
              """,
        cancellationToken);

    /// <inheritdoc/>
    public override string Define(string definition) => definition
        .Replace("{key}", "BIGINT PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{text}", "TEXT COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{real}", "DOUBLE PRECISION", StringComparison.Ordinal)
        .Replace("{bytes}", "BYTEA", StringComparison.Ordinal)
        .Replace("{clustered}", "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override MemoryStoreFault? FaultOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => MemoryStoreFault.Full,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => MemoryStoreFault.Busy,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => MemoryStoreFault.Damaged,
        PostgresException fault => fault.IsTransient || IsGoingAway(fault.SqlState) ? MemoryStoreFault.Unavailable : null,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => MemoryStoreFault.Unavailable,
        SocketException or EndOfStreamException => MemoryStoreFault.Unavailable,
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    // A connection lost (class 08), a server that stops, has crashed or does not take connections yet (57P01 to 57P03).
    private static bool IsGoingAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P0", StringComparison.Ordinal);

    private static async ValueTask ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
