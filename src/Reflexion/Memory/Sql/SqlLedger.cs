namespace Reflexion;

/// <summary>Items in order, found by key, the oldest of which can be dropped: the credit ledger, and what guards rejected.</summary>
/// <param name="session">The session.</param>
/// <param name="table">The table.</param>
/// <param name="counter">The counter of items ever added; that of dropped ones is named after the table.</param>
/// <param name="most">The most items kept.</param>
internal sealed class SqlLedger(SqlSession session, string table, string counter, int most)
{
    private readonly string _dropped = $"{table}_dropped";

    /// <summary>The number that the next item gets.</summary>
    public ValueTask<long> NextAsync() => SqlCounters.NextAsync(session, counter);

    /// <summary>How many more items may be imported: none once some were dropped, for an unknown one may be one of them.</summary>
    public async ValueTask<int> RoomAsync()
    {
        long dropped = await SqlCounters.ReadAsync(session, _dropped).ConfigureAwait(false);
        long added = await SqlCounters.ReadAsync(session, counter).ConfigureAwait(false);
        return dropped > 0 ? 0 : (int)Math.Max(0, most - added);
    }

    /// <summary>Drops the oldest tenth where there are too many.</summary>
    public async ValueTask TrimAsync()
    {
        long dropped = await SqlCounters.ReadAsync(session, _dropped).ConfigureAwait(false);
        long count = await SqlCounters.ReadAsync(session, counter).ConfigureAwait(false) - dropped;
        if (count > most)
        {
            long last = await SqlCounters.AdvanceAsync(session, _dropped, Math.Max(count - most, most / 10)).ConfigureAwait(false);
            await session.ExecuteAsync($"DELETE FROM {table} WHERE number <= @last", ("last", last)).ConfigureAwait(false);
        }
    }

    /// <summary>The items, oldest first.</summary>
    public ValueTask<List<T>> ItemsAsync<T>()
        where T : MemoryRecord => session.QueryAsync(
            $"SELECT number, content FROM {table} ORDER BY number", row => SqlLines.Read<T>(row.GetString(1), table, row.GetInt64(0)));
}
