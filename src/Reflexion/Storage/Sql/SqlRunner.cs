using System.Data.Common;

namespace Reflexion;

/// <summary>Runs calls on a database, each in a transaction of its own, and again while the database is away.</summary>
internal sealed class SqlRunner(SqlDatabase database, TimeSpan retryFor, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs a call; it may be run several times, of which one has effect.</summary>
    /// <exception cref="StoreException">The database cannot do it.</exception>
    public async ValueTask<T> RunAsync<T>(SqlTransaction transaction, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await OnceAsync(transaction, work, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && database.FaultOf(e) is { } fault)
            {
                if (fault != StoreFault.Unavailable || waited >= retryFor)
                {
                    throw StoreException.Of(fault, database.Name, e);
                }
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
            {
                // Drivers report a cancelled command in words of their own.
                throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            waited += pause;
        }
    }

    private async ValueTask<T> OnceAsync<T>(SqlTransaction transaction, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        DbConnection connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return transaction == SqlTransaction.None
                ? await work(new(connection, cancellationToken)).ConfigureAwait(false)
                : await WithinAsync(transaction, connection, work, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<T> WithinAsync<T>(
        SqlTransaction transaction, DbConnection connection, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (transaction == SqlTransaction.InOne)
            {
                return await work(new(connection, cancellationToken)).ConfigureAwait(false);
            }

            await BeginAsync(transaction, connection, cancellationToken).ConfigureAwait(false);
            T result = await work(new(connection, cancellationToken)).ConfigureAwait(false);
            await new SqlSession(connection, CancellationToken.None).ExecuteAsync("COMMIT").ConfigureAwait(false);
            return result;
        }
        catch
        {
            await RollBackAsync(connection).ConfigureAwait(false);
            throw;
        }
    }

    private ValueTask BeginAsync(SqlTransaction transaction, DbConnection connection, CancellationToken cancellationToken) =>
        transaction == SqlTransaction.Reads
            ? database.BeginReadAsync(connection, cancellationToken)
            : database.BeginWriteAsync(connection, isSetUp: transaction == SqlTransaction.Writes, cancellationToken);

    private static async ValueTask RollBackAsync(DbConnection connection)
    {
        try
        {
            await new SqlSession(connection, CancellationToken.None).ExecuteAsync("ROLLBACK").ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // There is no transaction, or no connection, any more; the failure that led here is the one to report.
        }
    }
}
