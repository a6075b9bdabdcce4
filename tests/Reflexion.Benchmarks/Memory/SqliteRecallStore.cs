using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Reflexion.Benchmarks;

/// <summary>A SQLite file in the temporary folder.</summary>
internal sealed class SqliteRecallStore : RecallStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reflexion-recall-");

    public SqliteRecallStore() => Memory = new SqliteEpisodicMemory(FilePath);

    public override SqlEpisodicMemory Memory { get; }

    private string FilePath => Path.Combine(_folder.FullName, "memory.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    protected override Task WriteLessonsAsync(DbConnection connection, IEnumerable<(int Number, Lesson Lesson)> lessons) => InsertAsync(
        connection,
        """
        INSERT INTO lessons (rank, id, tenant, agent, task, recency, last_learnt, state, uses, credited_uses, total_delta, worth, content)
        VALUES (@p0, @p1, 1, @p2, @p3, @p0, @p4, 0, 0, 0, 0, 0, @p5)
        """,
        6,
        lessons.Select(item => new object[]
        {
            item.Number, item.Lesson.Id, item.Lesson.Scope.Agent, item.Lesson.Scope.TaskId, LessonOrder.LastLearnt(item.Lesson).UtcTicks, SqlLines.Of(item.Lesson),
        }));

    protected override Task WritePostingsAsync(DbConnection connection, SortedDictionary<string, List<RecallPosting>> postings) => InsertAsync(
        connection,
        "INSERT INTO postings (tenant, word, lesson, count, length) VALUES (1, @p0, @p1, @p2, @p3)",
        4,
        postings.SelectMany(pair => pair.Value, (pair, posting) => new object[] { pair.Key, posting.Lesson, posting.Count, posting.Length }));

    private static async Task InsertAsync(DbConnection connection, string sql, int columns, IEnumerable<object[]> rows)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        SqliteParameter[] parameters = [.. Enumerable.Range(0, columns).Select(i => new SqliteParameter($"p{i}", null))];
        command.Parameters.AddRange(parameters);
        foreach (object[] row in rows)
        {
            for (int i = 0; i < columns; i++)
            {
                parameters[i].Value = row[i];
            }

            command.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
    }
}
