using Npgsql;

namespace Reflexion;

/// <summary>Gives agents and experiments a memory and a journal in PostgreSQL; the two may lie in one schema.</summary>
public static class PostgreSqlBuilderExtensions
{
    /// <summary>Sets a memory in PostgreSQL, which processes on many machines may share. The server is asked when it is first used.</summary>
    /// <remarks>
    /// The agents of this builder share the memory, which lives as long as the process. Where its connections should be closed earlier, open a
    /// <see cref="PostgreSqlEpisodicMemory"/>, or register one with the container, which disposes it, and pass it to <c>UseMemory</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    public static ReflexionAgentBuilder UsePostgreSqlMemory(this ReflexionAgentBuilder builder, string connectionString, PostgreSqlMemoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMemory(new PostgreSqlEpisodicMemory(connectionString, options));
    }

    /// <summary>
    /// Sets a journal in PostgreSQL, which processes on many machines may share: what happens in an episode is kept as it happens, and a run
    /// under the id of an episode that was interrupted goes on where it stood. The server is asked when it is first used.
    /// </summary>
    /// <remarks>
    /// The agents of this builder share the journal, which lives as long as the process. Where it should be closed earlier, open a
    /// <see cref="PostgreSqlEpisodeJournal"/>, or register one with the container, which disposes it, and pass it to <c>UseJournal</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    public static ReflexionAgentBuilder UsePostgreSqlJournal(this ReflexionAgentBuilder builder, string connectionString, PostgreSqlJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new PostgreSqlEpisodeJournal(connectionString, options));
    }

    /// <summary>
    /// Sets a journal in PostgreSQL, which processes on many machines may share: what happens in an episode is kept as it happens, and a run
    /// under the id of an episode that was interrupted goes on where it stood. The server is asked when it is first used.
    /// </summary>
    /// <remarks>
    /// The agents of this builder share the journal, which lives as long as the process. Where it should be closed earlier, open a
    /// <see cref="PostgreSqlEpisodeJournal"/>, or register one with the container, which disposes it, and pass it to <c>UseJournal</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="source">Where connections come from; it is not disposed of.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ReflexionAgentBuilder UsePostgreSqlJournal(this ReflexionAgentBuilder builder, NpgsqlDataSource source, PostgreSqlJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new PostgreSqlEpisodeJournal(source, options));
    }

    /// <summary>
    /// Keeps every episode of an experiment in a journal in PostgreSQL, so that running it again, on any machine, goes on where it stood and pays for
    /// nothing twice. The server is asked when it is first used; the journal lives as long as the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How to reach the server, as Npgsql reads it.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string is blank or not understood, or an option is out of range.</exception>
    public static ExperimentBuilder UsePostgreSqlJournal(this ExperimentBuilder builder, string connectionString, PostgreSqlJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new PostgreSqlEpisodeJournal(connectionString, options));
    }

    /// <summary>
    /// Keeps every episode of an experiment in a journal in PostgreSQL, so that running it again, on any machine, goes on where it stood and pays for
    /// nothing twice. The server is asked when it is first used; the journal lives as long as the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">Where connections come from; it is not disposed of.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ExperimentBuilder UsePostgreSqlJournal(this ExperimentBuilder builder, NpgsqlDataSource source, PostgreSqlJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new PostgreSqlEpisodeJournal(source, options));
    }
}
