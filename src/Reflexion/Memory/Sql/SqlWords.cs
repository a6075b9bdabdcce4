using System.Globalization;

namespace Reflexion;

/// <summary>The words of the lessons that can be recalled, by tenant, and BM25 over them.</summary>
/// <remarks>
/// Tables of the store's own rather than its full-text search: that of SQLite counts the lessons of all tenants, so one tenant could
/// see in its ranking what others learnt, and that of PostgreSQL knows no document frequencies at all. So every store ranks alike.
/// </remarks>
internal sealed class SqlWords(SqlSession session)
{
    // Each row takes five parameters, and SQLite takes 32,766 of them.
    private const int RowsAtOnce = 500;

    public async ValueTask AddAsync(SqlLessonRow row)
    {
        var words = LessonWords.Of(row.Lesson);
        foreach (KeyValuePair<string, int>[] chunk in words.Counts.Chunk(RowsAtOnce))
        {
            (string Name, object? Value)[] shared = [("tenant", row.Tenant), ("lesson", row.Rank), ("length", words.Length)];
            (string Name, object? Value)[] own = [.. chunk.SelectMany((pair, i) => new (string, object?)[] { ($"w{i}", pair.Key), ($"c{i}", pair.Value) })];
            await session.ExecuteAsync(
                $"INSERT INTO postings (tenant, word, lesson, count, length) VALUES {Rows(chunk.Length, i => $"(@tenant, @w{i}, @lesson, @c{i}, @length)")}",
                [.. shared, .. own]).ConfigureAwait(false);
            (_, (string Name, object? Value)[] names) = SqlSession.ListOf("w", chunk.Select(pair => pair.Key));
            await session.ExecuteAsync(
                $"INSERT INTO words (tenant, word, lessons) VALUES {Rows(chunk.Length, i => $"(@tenant, @w{i}, 1)")} ON CONFLICT (tenant, word) DO UPDATE SET lessons = words.lessons + 1",
                [("tenant", row.Tenant), .. names]).ConfigureAwait(false);
        }

        await CountAsync(row.Tenant, 1, words.Length).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(SqlLessonRow row)
    {
        var words = LessonWords.Of(row.Lesson);
        foreach (string[] chunk in words.Counts.Keys.Chunk(RowsAtOnce))
        {
            (string names, (string Name, object? Value)[] parameters) = SqlSession.ListOf("w", chunk);
            await session.ExecuteAsync(
                $"DELETE FROM postings WHERE tenant = @tenant AND lesson = @lesson AND word IN ({names})",
                [("tenant", row.Tenant), ("lesson", row.Rank), .. parameters]).ConfigureAwait(false);
            await session.ExecuteAsync(
                $"UPDATE words SET lessons = lessons - 1 WHERE tenant = @tenant AND word IN ({names})",
                [("tenant", row.Tenant), .. parameters]).ConfigureAwait(false);
            await session.ExecuteAsync(
                $"DELETE FROM words WHERE tenant = @tenant AND lessons = 0 AND word IN ({names})",
                [("tenant", row.Tenant), .. parameters]).ConfigureAwait(false);
        }

        await CountAsync(row.Tenant, -1, -words.Length).ConfigureAwait(false);
    }

    /// <summary>The lessons that share words with a text and meet a condition, best first.</summary>
    public async ValueTask<List<Ranked>> BestAsync(SqlTenant tenant, string text, SqlCondition condition, int budget, int pool)
    {
        List<Bm25Term> terms = await PlanAsync(tenant, text, budget).ConfigureAwait(false);
        if (terms.Count == 0)
        {
            return [];
        }

        var found = await session.QueryAsync(
            QueryOf(terms, condition.Sql),
            static row => new Ranked(row.GetInt64(0), row.GetDouble(1), SqlLessonRow.CreditAt(row, 2)),
            [
                .. condition.Parameters,
                ("mean", (double)tenant.Words / tenant.Recallable), ("pool", pool), ("last", terms[^1].Take),
                .. terms.SelectMany((term, i) => new (string, object?)[] { ($"w{i}", term.Word), ($"i{i}", term.Weight) }),
            ]).ConfigureAwait(false);
        return Ranked.Best(found, pool);
    }

    /// <summary>The query by which lessons are ranked; only of the last word not all occurrences may count.</summary>
    internal static string QueryOf(IReadOnlyList<Bm25Term> terms, string condition)
    {
        IEnumerable<string> parts = terms.Select((_, i) =>
            $"SELECT lesson, count, length, @i{i} AS weight FROM postings WHERE tenant = @tenant AND word = @w{i}"
            + (i == terms.Count - 1 ? " ORDER BY lesson DESC LIMIT @last" : ""));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT s.lesson, s.score, l.uses, l.credited_uses, l.total_delta
            FROM (
                SELECT p.lesson, SUM(p.weight * p.count * {Bm25.K1 + 1} / (p.count + {Bm25.K1} * ({1 - Bm25.B} + {Bm25.B} * p.length / @mean))) AS score
                FROM (SELECT * FROM ({string.Join(") AS q UNION ALL SELECT * FROM (", parts)}) AS q) AS p
                GROUP BY p.lesson) AS s
            JOIN lessons l ON l.rank = s.lesson
            WHERE {condition}
            ORDER BY s.score DESC, s.lesson DESC LIMIT @pool
            """);
    }

    private static string Rows(int count, Func<int, string> row) => string.Join(", ", Enumerable.Range(0, count).Select(row));

    private async ValueTask<List<Bm25Term>> PlanAsync(SqlTenant tenant, string text, int budget)
    {
        var frequencies = new List<KeyValuePair<string, long>>();
        foreach (string[] chunk in LessonWords.Of(text).Counts.Keys.Chunk(RowsAtOnce))
        {
            (string names, (string Name, object? Value)[] parameters) = SqlSession.ListOf("w", chunk);
            frequencies.AddRange(await session.QueryAsync(
                $"SELECT word, lessons FROM words WHERE tenant = @tenant AND word IN ({names})",
                static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)),
                [("tenant", tenant.Number), .. parameters]).ConfigureAwait(false));
        }

        return Bm25.Plan(frequencies, tenant.Recallable, budget);
    }

    private async ValueTask CountAsync(long tenant, int lessons, int words) => await session.ExecuteAsync(
        "UPDATE tenants SET recallable = recallable + @lessons, words = words + @words WHERE number = @tenant",
        ("lessons", lessons),
        ("words", words),
        ("tenant", tenant)).ConfigureAwait(false);
}
