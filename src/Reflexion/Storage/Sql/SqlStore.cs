namespace Reflexion;

/// <summary>What a memory and a journal in a database have in common: tables that are made once, calls, and an end.</summary>
internal sealed class SqlStore : IAsyncDisposable
{
    private readonly SqlDatabase _database;
    private readonly SqlRunner _runner;
    private readonly object _owner;
    private readonly SemaphoreSlim _setUp = new(1, 1);
    private bool _isSetUp;
    private bool _isDisposed;

    /// <summary>Creates a store.</summary>
    /// <param name="owner">Whose it is; named once it is disposed.</param>
    /// <param name="database">The database. The store disposes it.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="retryFor">How long calls are repeated while the database is away.</param>
    /// <param name="time">The clock.</param>
    public SqlStore(object owner, SqlDatabase database, SqlTables tables, TimeSpan retryFor, TimeProvider time)
    {
        _owner = owner;
        _database = database;
        _runner = new(database, retryFor, time);
        Schema = new(database, tables);
    }

    /// <summary>The tables.</summary>
    public SqlSchema Schema { get; }

    /// <summary>Refuses times that are out of range.</summary>
    public static void Validate(TimeSpan lockTimeout, TimeSpan retryFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lockTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lockTimeout, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(retryFor, TimeSpan.Zero);
    }

    /// <summary>Runs a call, after the tables have been made; see <see cref="SqlRunner.RunAsync"/>.</summary>
    public async ValueTask<T> RunAsync<T>(SqlTransaction transaction, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await SetUpAsync(cancellationToken).ConfigureAwait(false);
        return await _runner.RunAsync(transaction, work, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the tables where there are none, and brings older ones to the current version.</summary>
    /// <exception cref="StoreException">They are of a newer version, or the database cannot be used.</exception>
    public async ValueTask SetUpAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        if (Volatile.Read(ref _isSetUp))
        {
            return;
        }

        await _setUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Volatile.Write(ref _isSetUp, _isSetUp || await _runner.RunAsync(SqlTransaction.SetsUp, MigrateAsync, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _setUp.Release();
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), _owner);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await _database.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> MigrateAsync(SqlSession session)
    {
        await Schema.MigrateAsync(session).ConfigureAwait(false);
        return true;
    }
}
