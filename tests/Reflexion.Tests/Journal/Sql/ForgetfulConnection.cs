using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Reflexion.Tests;

/// <summary>A connection that may break when all is done, before the caller hears of it.</summary>
internal sealed class ForgetfulConnection(DbConnection inner, bool breaks) : DbConnection
{
    public DbConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => throw new NotSupportedException();

    public override void Close() => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await inner.DisposeAsync();
        if (breaks)
        {
            throw new EndOfStreamException("The connection broke.");
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => inner.CreateCommand();
}
