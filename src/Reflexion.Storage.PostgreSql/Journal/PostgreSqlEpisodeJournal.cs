using Npgsql;

namespace Reflexion;

/// <summary>A journal in PostgreSQL (12 and later, no extension needed), which processes on many machines may share.</summary>
/// <remarks>
/// Thread-safe. An append that has completed is committed, and as durable as the server's <c>synchronous_commit</c> and <c>fsync</c> say: by default
/// on its disk. Appends that wait while others are committed are committed together, and no process waits for another one's. While the server restarts,
/// calls are repeated as <see cref="SqlJournalOptions.RetryFor"/> says.
/// </remarks>
public sealed class PostgreSqlEpisodeJournal : SqlEpisodeJournal
{
    /// <summary>Creates a journal. The server is asked, and the tables are made where there are none, by the first call.</summary>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it. The user may create a schema, unless an administrator has done so.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    public PostgreSqlEpisodeJournal(string connectionString, PostgreSqlJournalOptions? options = null, TimeProvider? time = null)
        : base(new PostgreSqlDatabase(connectionString, (options ??= new()).Schema, options.LockTimeout), options, time)
    {
    }

    /// <summary>Creates a journal over connections of the caller's. The server is asked, and the tables are made where there are none, by the first call.</summary>
    /// <param name="source">Where connections come from; the journal does not dispose it, and leaves no setting behind in its connections.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PostgreSqlEpisodeJournal(NpgsqlDataSource source, PostgreSqlJournalOptions? options = null, TimeProvider? time = null)
        : base(new PostgreSqlDatabase(source, (options ??= new()).Schema, options.LockTimeout), options, time)
    {
    }

    /// <summary>Opens a journal, and brings its tables up to date.</summary>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it. The user may create a schema, unless an administrator has done so.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The journal; dispose it to close its connections.</returns>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    /// <exception cref="StoreException">The server cannot be reached, or the tables are of a newer release.</exception>
    public static async ValueTask<PostgreSqlEpisodeJournal> OpenAsync(
        string connectionString, PostgreSqlJournalOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var journal = new PostgreSqlEpisodeJournal(connectionString, options, time);
        await journal.SetUpAsync(cancellationToken).ConfigureAwait(false);
        return journal;
    }
}
