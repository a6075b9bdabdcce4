using System.Data.Common;

namespace Reflexion.Tests;

/// <summary>A database whose appends are counted, can be held up, and can be committed without a word.</summary>
internal sealed class WatchedDatabase(SqlDatabase inner) : SqlDatabase
{
    /// <summary>How many transactions were begun to append.</summary>
    public int Appends { get; private set; }

    /// <summary>How many connections are still to break when all is done.</summary>
    public int Breaks { get; set; }

    /// <summary>What appends wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override string Name => inner.Name;

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ForgetfulConnection(await inner.ConnectAsync(cancellationToken), Breaks-- > 0);

    public override ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) => inner.BeginReadAsync(Inner(connection), cancellationToken);

    public override ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken) =>
        inner.BeginWriteAsync(Inner(connection), isSetUp, cancellationToken);

    public override async ValueTask BeginAppendAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        Appends++;
        await Gate;
        await inner.BeginAppendAsync(Inner(connection), cancellationToken);
    }

    public override string Define(string definition) => inner.Define(definition);

    public override StoreFault? FaultOf(Exception exception) => exception is EndOfStreamException ? StoreFault.Unavailable : inner.FaultOf(exception);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private static DbConnection Inner(DbConnection connection) => ((ForgetfulConnection)connection).Inner;
}
