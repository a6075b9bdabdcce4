namespace Reflexion;

/// <summary>Gives agents a memory in PostgreSQL.</summary>
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
}
