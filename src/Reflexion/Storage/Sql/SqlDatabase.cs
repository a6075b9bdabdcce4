using System.Data.Common;

namespace Reflexion;

/// <summary>The seam between <see cref="SqlEpisodicMemory"/> and <see cref="SqlEpisodeJournal"/> and a driver: what differs from one database to the next.</summary>
/// <remarks>
/// The SQL that is sent is common to SQLite (3.35 and later) and PostgreSQL: upserts, <c>RETURNING</c>, parameters named <c>@name</c>.
/// Implementations are thread-safe.
/// </remarks>
public abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>What errors call the database; no password in it.</summary>
    public abstract string Name { get; }

    /// <summary>Opens a connection, or takes one from a pool; disposing gives it back.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction for reading, which sees one state of the whole.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Begins a transaction for writing, and waits until no other one writes to the same memory.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="isSetUp">False while the tables may not exist yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken);

    /// <summary>How many transactions that append gain from running at once. Default 1.</summary>
    public virtual int Appenders => 1;

    /// <summary>
    /// One command that is a whole transaction of statements which add rows whose keys tell who was first, sent in one round trip; others may add
    /// rows meanwhile, but the tables stay as they are. Null (default) where such a transaction is one for writing.
    /// </summary>
    /// <param name="statements">The statements. The results of what the command adds come before theirs, and are whole numbers.</param>
    public virtual string? AppendInOne(string statements) => null;

    /// <summary>The definition of a table or index in the database's own words.</summary>
    /// <param name="definition">
    /// The definition, with <c>{key}</c> for an integer primary key, <c>{text}</c> for a text compared by its characters' codes,
    /// <c>{real}</c> for a double, <c>{bytes}</c> for bytes, and <c>{clustered}</c> at the end of a table kept in the order of its key.
    /// </param>
    public abstract string Define(string definition);

    /// <summary>What went wrong, or null where the exception says nothing about the database's health.</summary>
    /// <param name="exception">What the driver threw.</param>
    public abstract StoreFault? FaultOf(Exception exception);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
