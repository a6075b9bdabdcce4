namespace Reflexion;

/// <summary>A memory in a database, which several processes may share. The packages of a driver derive from it.</summary>
/// <remarks>
/// <para>
/// Thread-safe. A call that has completed is committed. Each call that writes is one transaction, and one writes to a memory at a time, so
/// nothing is read, decided and written on what another one has changed meanwhile. A call broken off by the database is repeated; every
/// call may be, because lessons, uses and rejections are known by what they are. Whatever fails or is cancelled leaves nothing half-written.
/// </para>
/// <para>
/// The database keeps every lesson in clear text, rejected ones too. <see cref="MemoryOptions"/> should be the same in all processes:
/// each makes room by its own.
/// </para>
/// </remarks>
public abstract class SqlEpisodicMemory : IEpisodicMemory, IAsyncDisposable
{
    private readonly SqlMemoryOptions _options;
    private readonly SqlStore _store;
    private readonly LessonEmbedder _embedder;
    private readonly TimeProvider _time;

    // Callers of one process wait here, where waiting costs nothing, and not in the database.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Creates a memory. The database is used, and its tables are made, by the first call, or by <see cref="SetUpAsync"/>.</summary>
    /// <param name="database">The database. The memory disposes it.</param>
    /// <param name="options">How much it keeps and how.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    protected SqlEpisodicMemory(SqlDatabase database, SqlMemoryOptions options, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _time = time ?? TimeProvider.System;
        _store = new(this, database, SqlMemoryTables.All, options.RetryFor, _time);
        _embedder = new(options.Recall);
    }

    /// <inheritdoc/>
    public async ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        Lesson embedded = await _embedder.EmbedAsync(lesson, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(clerk => clerk.FileAsync(embedded, _time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(query);
        LessonEmbedding? embedding = await _embedder.EmbedAsync(query, cancellationToken).ConfigureAwait(false);
        DateTimeOffset since = _options.Since(_time.GetUtcNow());
        return await _store.RunAsync(
            SqlTransaction.None,
            session =>
            {
                var recall = new SqlRecall(session, query, embedding, since, _options.Recall);
                return query.IsByRelevance ? recall.RelevantAsync(_store.Schema) : recall.RecentAsync(_store.Schema);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(use);
        return WriteAsync(clerk => clerk.RecordUseAsync(use), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        return WriteAsync(clerk => clerk.QuarantineAsync(lesson), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default)
    {
        DateTimeOffset since = _options.Since(_time.GetUtcNow());
        return await _store.RunAsync(
            SqlTransaction.Reads,
            async session =>
            {
                await _store.Schema.CheckAsync(session).ConfigureAwait(false);
                return await SqlClerk.ExportAsync(session, since).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(snapshot);
        return WriteAsync(clerk => clerk.ImportAsync(snapshot, _time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Waits for the call that writes, if any, and takes no more. What is stored stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        _turn.Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the tables where there are none, and brings older ones to the current version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">They are of a newer version, or the database cannot be used.</exception>
    protected ValueTask SetUpAsync(CancellationToken cancellationToken) => _store.SetUpAsync(cancellationToken);

    private async ValueTask WriteAsync(Func<SqlClerk, ValueTask> decide, CancellationToken cancellationToken) => await WriteAsync(
        async clerk =>
        {
            await decide(clerk).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    private async ValueTask<T> WriteAsync<T>(Func<SqlClerk, ValueTask<T>> decide, CancellationToken cancellationToken)
    {
        _store.ThrowIfDisposed();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _store.RunAsync(
                SqlTransaction.Writes,
                async session =>
                {
                    await _store.Schema.CheckAsync(session).ConfigureAwait(false);
                    return await decide(new(session, _options)).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
