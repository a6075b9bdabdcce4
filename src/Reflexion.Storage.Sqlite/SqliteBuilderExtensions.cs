namespace Reflexion;

/// <summary>Gives agents and experiments a memory and a journal in SQLite files; the two may lie in one file.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>Sets a memory in a SQLite file, which several processes may share. It is opened when it is first used.</summary>
    /// <remarks>
    /// The agents of this builder share the memory, which lives as long as the process. Where it should be closed earlier, open a
    /// <see cref="SqliteEpisodicMemory"/>, or register one with the container, which disposes it, and pass it to <c>UseMemory</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    public static ReflexionAgentBuilder UseSqliteMemory(this ReflexionAgentBuilder builder, string path, SqliteMemoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMemory(new SqliteEpisodicMemory(path, options));
    }

    /// <summary>
    /// Sets a journal in a SQLite file, which several processes may share: what happens in an episode is kept as it happens, and a run under the
    /// id of an episode that was interrupted goes on where it stood. It is opened when it is first used.
    /// </summary>
    /// <remarks>
    /// The agents of this builder share the journal, which lives as long as the process. Where it should be closed earlier, open a
    /// <see cref="SqliteEpisodeJournal"/>, or register one with the container, which disposes it, and pass it to <c>UseJournal</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    public static ReflexionAgentBuilder UseSqliteJournal(this ReflexionAgentBuilder builder, string path, SqliteJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new SqliteEpisodeJournal(path, options));
    }

    /// <summary>
    /// Keeps every episode of an experiment in a journal in a SQLite file, so that running it again goes on where it stood and pays for nothing
    /// twice. It is opened when it is first used, and lives as long as the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    public static ExperimentBuilder UseSqliteJournal(this ExperimentBuilder builder, string path, SqliteJournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseJournal(new SqliteEpisodeJournal(path, options));
    }
}
