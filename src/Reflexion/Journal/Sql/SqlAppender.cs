using System.Security.Cryptography;

namespace Reflexion;

/// <summary>Appends entries in groups: what waits while a transaction is committed goes into the next one.</summary>
internal sealed class SqlAppender : IAsyncDisposable
{
    private const int MostAtOnce = 64;

    private readonly SqlDatabase _database;
    private readonly SqlStore _store;

    // An episode keeps to its queue, so that its entries are committed in the order in which they came.
    private readonly WriteQueue<SqlAppend, bool>[] _queues;

    // Names appends, so that one whose commit was not confirmed is known again; it decides nothing else.
    private readonly string _name = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _appends;

    public SqlAppender(Type owner, SqlDatabase database, SqlStore store)
    {
        _database = database;
        _store = store;
        _queues = [.. Enumerable.Range(0, database.Appenders).Select(queue => new WriteQueue<SqlAppend, bool>(owner, () => TurnAsync(queue)))];
    }

    /// <summary>Appends an entry and waits until it is committed.</summary>
    public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        uint queue = (uint)entry.EpisodeId.GetHashCode(StringComparison.Ordinal) % (uint)_queues.Length;
        await _queues[queue].SubmitAsync(new(entry, $"{_name}.{Interlocked.Increment(ref _appends)}"), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_queues.Select(queue => queue.CloseAsync().AsTask())).ConfigureAwait(false);

    private async Task TurnAsync(int queue)
    {
        foreach (SqlAppend[] group in _queues[queue].Take().Chunk(MostAtOnce))
        {
            await CommitAsync(group).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(SqlAppend[] group)
    {
        try
        {
            bool[] inserted = await InsertAsync(group).ConfigureAwait(false);
            foreach ((int i, SqlAppend append) in group.Index())
            {
                append.End(inserted[i] || await IsKeptAsync(append).ConfigureAwait(false));
            }
        }
        catch (Exception fault) when (group.Length > 1 && fault is not StoreException { Fault: not StoreFault.Full })
        {
            // One that cannot be written takes no other with it.
            foreach (SqlAppend append in group)
            {
                await CommitAsync([append]).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            Array.ForEach(group, append => append.Fail(fault));
        }
    }

    private async ValueTask<bool[]> InsertAsync(SqlAppend[] group)
    {
        (string Sql, IEnumerable<(string, object?)> Parameters)[] inserts = [.. group.Select(SqlJournalRow.Insert)];
        string statements = $"{_store.Schema.VersionQuery}; {string.Join("; ", inserts.Select(insert => insert.Sql))}";
        string? inOne = _database.AppendInOne(statements);
        List<List<long>> results = await _store.RunAsync(
            inOne is null ? SqlTransaction.Writes : SqlTransaction.InOne,
            session => session.NumbersAsync(inOne ?? statements, [.. inserts.SelectMany(insert => insert.Parameters)]),
            CancellationToken.None).ConfigureAwait(false);
        results.RemoveRange(0, results.Count - group.Length - 1);
        _store.Schema.ThrowIfNewer(results[0].Single());
        return [.. results.Skip(1).Select(inserted => inserted.Count == 1)];
    }

    // The same append may have been committed before, when the database broke off without saying so.
    private async ValueTask<bool> IsKeptAsync(SqlAppend append) => await _store.RunAsync(
        SqlTransaction.Reads,
        session => session.NumberAsync(
            "SELECT COUNT(*) FROM journal_entries WHERE episode = @episode AND sequence = @sequence AND writer = @writer",
            ("episode", append.Episode),
            ("sequence", append.Entry.Sequence),
            ("writer", append.Writer)),
        CancellationToken.None).ConfigureAwait(false) == 1;
}
