using System.Data.Common;
using System.Globalization;

namespace Reflexion.Benchmarks;

/// <summary>A memory with many lessons, put into its tables in bulk, and the queries somebody would write by hand.</summary>
internal abstract class RecallStore : IAsyncDisposable
{
    private const int MaxCandidates = 10_000;

    private DbConnection? _byHand;
    private double _lessons;
    private double _meanLength;

    public abstract SqlEpisodicMemory Memory { get; }

    public static RecallStore Create(string kind) => kind switch
    {
        "sqlite" => new SqliteRecallStore(),
        "postgresql" => new PostgreSqlRecallStore(),
        _ => throw new ArgumentException($"There is no store called {kind}; choose sqlite or postgresql.", nameof(kind)),
    };

    /// <summary>Fills the tables with so many lessons, as if they had been filed one after another.</summary>
    public async Task FillAsync(int count)
    {
        await Memory.RecallAsync(new(new("", "", "")));
        _byHand = await ConnectAsync();
        var postings = new SortedDictionary<string, List<RecallPosting>>(StringComparer.Ordinal);
        long words = 0;
        IEnumerable<(int Number, Lesson Lesson)> lessons = Enumerable.Range(1, count).Select(number =>
        {
            Lesson lesson = RecallCorpus.Lesson(number);
            LessonWords own = LessonWords.Of(lesson);
            words += own.Length;
            foreach ((string word, int occurrences) in own.Counts)
            {
                (postings.TryGetValue(word, out List<RecallPosting>? having) ? having : postings[word] = []).Add(new(number, (short)occurrences, (short)own.Length));
            }

            return (number, lesson);
        });
        await WriteLessonsAsync(_byHand, lessons);
        await WritePostingsAsync(_byHand, postings);
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO tenants (number, name, lessons, recallable, words) VALUES (1, 'tenant', {count}, {count}, {words})"));
        await ExecuteAsync("INSERT INTO words (tenant, word, lessons) SELECT tenant, word, COUNT(*) FROM postings GROUP BY tenant, word");
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE counters SET value = {count} WHERE name IN ('rank', 'recency')"));
        await ExecuteAsync("ANALYZE");
        (_lessons, _meanLength) = (count, (double)words / count);
    }

    /// <summary>The latest three lessons of a task.</summary>
    public Task<List<string>> OfTaskByHandAsync(string agent, string task) => ReadAsync(
        "SELECT content FROM lessons WHERE tenant = 1 AND agent = @agent AND task = @task AND state <> 3 ORDER BY recency DESC LIMIT 3",
        ("agent", agent),
        ("task", task));

    /// <summary>The latest three lessons of an agent.</summary>
    public Task<List<string>> OfAgentByHandAsync(string agent) => ReadAsync(
        "SELECT content FROM lessons WHERE tenant = 1 AND agent = @agent AND state <> 3 ORDER BY recency DESC LIMIT 3", ("agent", agent));

    /// <summary>The three lessons of an agent that BM25 finds best, by the same words and as many of their occurrences as the memory looks at.</summary>
    public async Task<List<string>> ByWordsByHandAsync(string agent, string text)
    {
        string[] words = [.. text.Split(' ').Distinct()];
        (string, object)[] named = [.. words.Select((word, i) => ($"w{i}", (object)word))];
        var frequencies = new List<(string Word, long Lessons)>();
        await using (DbCommand command = CommandOf($"SELECT word, lessons FROM words WHERE tenant = 1 AND word IN ({string.Join(", ", named.Select(pair => $"@{pair.Item1}"))})", named))
        {
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                frequencies.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        var parts = new List<string>();
        var parameters = new List<(string, object)> { ("mean", _meanLength), ("agent", agent) };
        long left = MaxCandidates;
        foreach ((string word, long having) in frequencies.OrderBy(pair => pair.Lessons).TakeWhile(_ => left > 0))
        {
            parts.Add($"SELECT * FROM (SELECT lesson, count, length, @i{parts.Count} AS idf FROM postings WHERE tenant = 1 AND word = @w{parts.Count} ORDER BY lesson DESC LIMIT @n{parts.Count}) AS t");
            parameters.AddRange([($"i{parts.Count - 1}", Math.Log(1 + ((_lessons - having + 0.5) / (having + 0.5)))), ($"w{parts.Count - 1}", word), ($"n{parts.Count - 1}", Math.Min(having, left))]);
            left -= having;
        }

        return await ReadAsync(
            $"""
            SELECT l.content FROM (
                SELECT lesson, SUM(idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / @mean))) AS score
                FROM ({string.Join(" UNION ALL ", parts)}) AS p GROUP BY lesson) AS s
            JOIN lessons l ON l.rank = s.lesson WHERE l.agent = @agent AND l.state <> 3 ORDER BY s.score DESC LIMIT 3
            """,
            [.. parameters]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_byHand is not null)
        {
            await _byHand.DisposeAsync();
        }

        await Memory.DisposeAsync();
    }

    protected abstract Task<DbConnection> ConnectAsync();

    protected abstract Task WriteLessonsAsync(DbConnection connection, IEnumerable<(int Number, Lesson Lesson)> lessons);

    protected abstract Task WritePostingsAsync(DbConnection connection, SortedDictionary<string, List<RecallPosting>> postings);

    private DbCommand CommandOf(string sql, params (string Name, object Value)[] parameters)
    {
        DbCommand command = _byHand!.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using DbCommand command = CommandOf(sql);
        command.CommandTimeout = 3_600;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> ReadAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using DbCommand command = CommandOf(sql, parameters);
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
