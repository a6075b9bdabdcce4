using System.Data.Common;

namespace Reflexion.Tests;

/// <summary>A database whose calls are counted, can be held up, and can be carried out without a word.</summary>
internal sealed class WatchedDatabase(SqlDatabase inner) : SqlDatabase
{
    /// <summary>How many calls there were; each takes a connection.</summary>
    public int Calls { get; private set; }

    /// <summary>How many connections are still to break when all is done.</summary>
    public int Breaks { get; set; }

    /// <summary>What calls wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override string Name => inner.Name;

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        Calls++;
        await Gate;
        return new ForgetfulConnection(await inner.ConnectAsync(cancellationToken), Breaks-- > 0);
    }

    public override ValueTask BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) => inner.BeginReadAsync(Inner(connection), cancellationToken);

    public override ValueTask BeginWriteAsync(DbConnection connection, bool isSetUp, CancellationToken cancellationToken) =>
        inner.BeginWriteAsync(Inner(connection), isSetUp, cancellationToken);

    public override string? AppendInOne(string statements) => inner.AppendInOne(statements);

    public override string Define(string definition) => inner.Define(definition);

    public override StoreFault? FaultOf(Exception exception) => exception is EndOfStreamException ? StoreFault.Unavailable : inner.FaultOf(exception);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private static DbConnection Inner(DbConnection connection) => ((ForgetfulConnection)connection).Inner;
}
