namespace Reflexion;

/// <summary>Numbers that only grow; safe because one transaction writes at a time.</summary>
internal static class SqlCounters
{
    public static ValueTask<long> NextAsync(SqlSession session, string name) => AdvanceAsync(session, name, 1);

    public static ValueTask<long> AdvanceAsync(SqlSession session, string name, long by) =>
        session.NumberAsync("UPDATE counters SET value = value + @by WHERE name = @name RETURNING value", ("by", by), ("name", name));

    public static ValueTask<long> ReadAsync(SqlSession session, string name) =>
        session.NumberAsync("SELECT value FROM counters WHERE name = @name", ("name", name));

    /// <summary>Raises a counter that is lower.</summary>
    public static async ValueTask RaiseAsync(SqlSession session, string name, long value) => await session.ExecuteAsync(
        "UPDATE counters SET value = @value WHERE name = @name AND value < @value", ("value", value), ("name", name)).ConfigureAwait(false);
}
