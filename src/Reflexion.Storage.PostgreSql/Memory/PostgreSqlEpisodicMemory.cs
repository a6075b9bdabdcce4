namespace Reflexion;

/// <summary>A memory in PostgreSQL (12 and later, no extension needed), which processes on many machines may share.</summary>
/// <remarks>
/// Thread-safe. A call that has completed is committed. One call writes to a memory at a time, whatever machine it comes from: it holds the
/// lock of one row for some milliseconds. Recall waits for nobody. While the server restarts, calls are repeated as
/// <see cref="SqlMemoryOptions.RetryFor"/> says.
/// </remarks>
public sealed class PostgreSqlEpisodicMemory : SqlEpisodicMemory
{
    /// <summary>Creates a memory. The server is asked, and the tables are made where there are none, by the first call.</summary>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it. The user may create a schema, unless an administrator has done so.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    public PostgreSqlEpisodicMemory(string connectionString, PostgreSqlMemoryOptions? options = null, TimeProvider? time = null)
        : base(new PostgreSqlDatabase(connectionString, (options ??= new()).Schema, options.LockTimeout), options, time)
    {
    }

    /// <summary>Opens a memory, and brings its tables up to date.</summary>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it. The user may create a schema, unless an administrator has done so.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The memory; dispose it to close its connections.</returns>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    /// <exception cref="StoreException">The server cannot be reached, or the tables are of a newer release.</exception>
    public static async ValueTask<PostgreSqlEpisodicMemory> OpenAsync(
        string connectionString, PostgreSqlMemoryOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var memory = new PostgreSqlEpisodicMemory(connectionString, options, time);
        await memory.SetUpAsync(cancellationToken).ConfigureAwait(false);
        return memory;
    }
}
