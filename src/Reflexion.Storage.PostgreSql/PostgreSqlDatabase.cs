using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Reflexion;

/// <summary>One schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlDatabase : SqlDatabase
{
    private const int LongestName = 63;

    // A number of the schema's own: who appends shares it, who makes or changes tables has it alone.
    private readonly long _tablesLock;

    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwn;
    private readonly string _schema;

    // What a transaction begins with, so that nothing has to be so for the connection as a whole.
    private readonly string _settings;

    /// <summary>A schema reached by connections of its own.</summary>
    public PostgreSqlDatabase(string connectionString, string schema, TimeSpan lockTimeout)
        : this(Connect(connectionString, schema), schema, lockTimeout)
    {
        _isOwn = true;
    }

    /// <summary>A schema reached by the caller's connections, which stay as they are.</summary>
    public PostgreSqlDatabase(NpgsqlDataSource source, string schema, TimeSpan lockTimeout)
    {
        ArgumentNullException.ThrowIfNull(source);
        Check(schema);
        _source = source;
        _schema = schema;
        _tablesLock = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"reflexion {schema}")));

        // Zero would wait for ever, and one millisecond is the next best.
        string milliseconds = Math.Max(1, Math.Ceiling(lockTimeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        _settings = $"SET LOCAL search_path = \"{schema}\"; SET LOCAL lock_timeout = {milliseconds}";
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Name = $"Schema {schema} of PostgreSQL database {settings.Database} at {settings.Host}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_settings}", cancellationToken);

    /// <inheritdoc/>
    public override ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        isSetUp
            ? $"BEGIN; {_settings}; SELECT 1 FROM reflexion_schema WHERE component = 'memory' FOR UPDATE"
            : $"""
              BEGIN; {_settings}; SELECT pg_advisory_xact_lock({_tablesLock});
              DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{_schema}') THEN CREATE SCHEMA "{_schema}"; END IF; END $$
              """,
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>While one waits for the server's disk, the next ones are worked on, and the server flushes for all of them.</remarks>
    public override int Appenders => 4;

    /// <inheritdoc/>
    public override string AppendInOne(string statements) =>
        $"BEGIN; {_settings}; SELECT 1::bigint FROM pg_advisory_xact_lock_shared({_tablesLock}); {statements}; COMMIT";

    /// <inheritdoc/>
    public override string Define(string definition) => definition
        .Replace("{key}", "BIGINT PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{text}", "TEXT COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{real}", "DOUBLE PRECISION", StringComparison.Ordinal)
        .Replace("{bytes}", "BYTEA", StringComparison.Ordinal)
        .Replace("{clustered}", "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override StoreFault? FaultOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StoreFault.Full,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => StoreFault.Busy,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => StoreFault.Damaged,
        PostgresException fault => fault.IsTransient || IsGoingAway(fault.SqlState) ? StoreFault.Unavailable : null,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => StoreFault.Unavailable,
        SocketException or EndOfStreamException => StoreFault.Unavailable,
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _isOwn ? _source.DisposeAsync() : ValueTask.CompletedTask;

    private static NpgsqlDataSource Connect(string connectionString, string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Check(schema);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,

            // Nothing outlives a transaction here, so there is nothing to reset.
            NoResetOnClose = true,
        };
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 64;
        }

        return NpgsqlDataSource.Create(settings);
    }

    private static void Check(string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Length is 0 or > LongestName || !schema.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new ArgumentException($"The schema is called '{schema}'; it takes 1 to {LongestName} letters, digits and underscores.", nameof(schema));
        }
    }

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
