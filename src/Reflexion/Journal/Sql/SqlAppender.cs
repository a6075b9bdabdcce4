using System.Security.Cryptography;

namespace Reflexion;

/// <summary>Appends entries in groups: what waits while a transaction is committed goes into the next one.</summary>
internal sealed class SqlAppender : IAsyncDisposable
{
    private const int MostAtOnce = 16;

    private readonly SqlStore _store;
    private readonly WriteQueue<SqlAppend, bool> _queue;

    // Names appends, so that one whose commit was not confirmed is known again; it decides nothing else.
    private readonly string _name = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _appends;

    public SqlAppender(Type owner, SqlStore store)
    {
        _store = store;
        _queue = new(owner, TurnAsync);
    }

    /// <summary>Appends an entry and waits until it is committed.</summary>
    public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        await _queue.SubmitAsync(new(entry, $"{_name}.{Interlocked.Increment(ref _appends)}"), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queue.CloseAsync();

    private Task TurnAsync() => CommitAsync(_queue.Take());

    private async Task CommitAsync(List<SqlAppend> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            bool[] kept = await _store.RunAsync(SqlTransaction.Appends, session => InsertAsync(session, group), CancellationToken.None).ConfigureAwait(false);
            foreach ((int i, SqlAppend append) in group.Index())
            {
                append.End(kept[i]);
            }
        }
        catch (Exception fault) when (group.Count > 1 && fault is not StoreException { Fault: not StoreFault.Full })
        {
            // One that cannot be written takes no other with it.
            foreach (SqlAppend append in group)
            {
                await CommitAsync([append]).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            group.ForEach(append => append.Fail(fault));
        }
    }

    private async ValueTask<bool[]> InsertAsync(SqlSession session, List<SqlAppend> group)
    {
        var kept = new List<bool>(group.Count);
        foreach (SqlAppend[] some in group.Chunk(MostAtOnce))
        {
            (string Sql, IEnumerable<(string, object?)> Parameters)[] inserts = [.. some.Select(SqlJournalRow.Insert)];
            List<List<long>> results = await session.NumbersAsync(
                $"{_store.Schema.VersionQuery}; {string.Join("; ", inserts.Select(insert => insert.Sql))}",
                [.. inserts.SelectMany(insert => insert.Parameters)]).ConfigureAwait(false);
            _store.Schema.ThrowIfNewer(results[0].Single());
            foreach ((int i, SqlAppend append) in some.Index())
            {
                kept.Add(results[i + 1].Count == 1 || await IsKeptAsync(session, append).ConfigureAwait(false));
            }
        }

        return [.. kept];
    }

    // The same append may have been committed before, when the database broke off without saying so.
    private static async ValueTask<bool> IsKeptAsync(SqlSession session, SqlAppend append) => await session.NumberAsync(
        "SELECT COUNT(*) FROM journal_entries WHERE episode = @episode AND sequence = @sequence AND writer = @writer",
        ("episode", append.Episode),
        ("sequence", append.Entry.Sequence),
        ("writer", append.Writer)).ConfigureAwait(false) == 1;
}
