namespace Reflexion;

/// <summary>Gives agents a memory in a SQLite file.</summary>
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
}
