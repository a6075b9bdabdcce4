using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Reflexion.Benchmarks;

/// <summary>A schema on the server that <c>REFLEXION_POSTGRESQL</c> names.</summary>
internal sealed class PostgreSqlRecallStore : RecallStore
{
    private const string Schema = "reflexion_recall_benchmark";

    private static readonly string ConnectionString = Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL")
        ?? throw new InvalidOperationException("Set REFLEXION_POSTGRESQL to the connection string of a PostgreSQL server.");

    private NpgsqlConnection? _connection;

    public override SqlEpisodicMemory Memory { get; } = new PostgreSqlEpisodicMemory(ConnectionString, new() { Schema = Schema });

    public override async ValueTask DisposeAsync()
    {
        await using (NpgsqlCommand command = _connection!.CreateCommand())
        {
            command.CommandText = $"DROP SCHEMA {Schema} CASCADE";
            command.CommandTimeout = 600;
            await command.ExecuteNonQueryAsync();
        }

        await base.DisposeAsync();
    }

    protected override async Task<DbConnection> ConnectAsync()
    {
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = Schema, MaxAutoPrepare = 64 }.ToString());
        await _connection.OpenAsync();
        return _connection;
    }

    protected override async Task WriteLessonsAsync(DbConnection connection, IEnumerable<(int Number, Lesson Lesson)> lessons)
    {
        await using NpgsqlBinaryImporter import = await ImportAsync(
            "lessons (rank, id, tenant, agent, task, recency, last_learnt, state, uses, credited_uses, total_delta, worth, content)");
        foreach ((int number, Lesson lesson) in lessons)
        {
            await import.StartRowAsync();
            await import.WriteAsync((long)number, NpgsqlDbType.Bigint);
            await import.WriteAsync(lesson.Id, NpgsqlDbType.Text);
            await import.WriteAsync(1L, NpgsqlDbType.Bigint);
            await import.WriteAsync(lesson.Scope.Agent, NpgsqlDbType.Text);
            await import.WriteAsync(lesson.Scope.TaskId, NpgsqlDbType.Text);
            await import.WriteAsync((long)number, NpgsqlDbType.Bigint);
            await import.WriteAsync(LessonOrder.LastLearnt(lesson).UtcTicks, NpgsqlDbType.Bigint);
            for (int i = 0; i < 3; i++)
            {
                await import.WriteAsync(0, NpgsqlDbType.Integer);
            }

            await import.WriteAsync(0.0, NpgsqlDbType.Double);
            await import.WriteAsync(0.0, NpgsqlDbType.Double);
            await import.WriteAsync(SqlLines.Of(lesson), NpgsqlDbType.Text);
        }

        await import.CompleteAsync();
    }

    protected override async Task WritePostingsAsync(DbConnection connection, SortedDictionary<string, List<RecallPosting>> postings)
    {
        await using NpgsqlBinaryImporter import = await ImportAsync("postings (tenant, word, lesson, count, length)");
        foreach ((string word, List<RecallPosting> having) in postings)
        {
            foreach (RecallPosting posting in having)
            {
                await import.StartRowAsync();
                await import.WriteAsync(1L, NpgsqlDbType.Bigint);
                await import.WriteAsync(word, NpgsqlDbType.Text);
                await import.WriteAsync((long)posting.Lesson, NpgsqlDbType.Bigint);
                await import.WriteAsync((int)posting.Count, NpgsqlDbType.Integer);
                await import.WriteAsync((int)posting.Length, NpgsqlDbType.Integer);
            }
        }

        await import.CompleteAsync();
    }

    private async Task<NpgsqlBinaryImporter> ImportAsync(string table)
    {
        NpgsqlBinaryImporter import = await _connection!.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)");
        import.Timeout = TimeSpan.FromHours(1);
        return import;
    }
}
