namespace Reflexion;

/// <summary>The table of lessons, with the words and the counts that go with it.</summary>
internal sealed class SqlLessons(SqlSession session)
{
    private readonly SqlWords _words = new(session);

    public async ValueTask<SqlLessonRow?> FindAsync(string id) => (await session.QueryAsync(
        $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE id = @id", SqlLessonRow.Read, ("id", id)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Which of some lessons are there.</summary>
    public async ValueTask<HashSet<string>> HeldAsync(IEnumerable<string> ids)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] chunk in ids.Where(IsId).Distinct(StringComparer.Ordinal).Chunk(1_000))
        {
            (string names, (string Name, object? Value)[] parameters) = SqlSession.ListOf("i", chunk);
            held.UnionWith(await session.QueryAsync($"SELECT id FROM lessons WHERE id IN ({names})", static row => row.GetString(0), parameters).ConfigureAwait(false));
        }

        return held;
    }

    /// <summary>The lessons of a task, least recently learnt first.</summary>
    public async ValueTask<List<SqlLessonRow>> OfTaskAsync(LessonScope scope) => await session.QueryAsync(
        $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE tenant = @tenant AND task = @task AND agent = @agent ORDER BY recency",
        SqlLessonRow.Read,
        await ScopeAsync(scope).ConfigureAwait(false)).ConfigureAwait(false);

    public async ValueTask<long> CountOfTaskAsync(LessonScope scope) => await session.NumberAsync(
        "SELECT COUNT(*) FROM lessons WHERE tenant = @tenant AND task = @task AND agent = @agent",
        await ScopeAsync(scope).ConfigureAwait(false)).ConfigureAwait(false);

    public ValueTask<long> CountAsync() => session.NumberAsync("SELECT CAST(SUM(lessons) AS BIGINT) FROM tenants");

    /// <summary>The lesson that was last learnt longest ago, where that is before an instant; or null.</summary>
    public async ValueTask<SqlLessonRow?> ExpiredAsync(DateTimeOffset since) => (await session.QueryAsync(
        $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE last_learnt < @since ORDER BY last_learnt, recency LIMIT 1",
        SqlLessonRow.Read,
        ("since", since.UtcTicks)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The next lesson of a task to give way, the spared one excepted.</summary>
    public async ValueTask<SqlLessonRow?> NextToGoAsync(LessonScope scope, string? spared) => (await session.QueryAsync(
        $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE tenant = @tenant AND task = @task AND agent = @agent AND id <> @spared ORDER BY worth, last_learnt, recency LIMIT 1",
        SqlLessonRow.Read,
        [.. await ScopeAsync(scope).ConfigureAwait(false), ("spared", spared ?? "")]).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The next lesson of all to give way: of the tenant that holds most, the spared one excepted.</summary>
    public async ValueTask<SqlLessonRow?> NextToGoAsync(string? spared)
    {
        // The fullest tenant may hold the spared lesson alone.
        List<long> tenants = await session.QueryAsync(
            "SELECT number FROM tenants t WHERE lessons > 0 ORDER BY lessons DESC, (SELECT MIN(recency) FROM lessons l WHERE l.tenant = t.number) LIMIT 2",
            static row => row.GetInt64(0)).ConfigureAwait(false);
        foreach (long tenant in tenants)
        {
            List<SqlLessonRow> least = await session.QueryAsync(
                $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE tenant = @tenant AND id <> @spared ORDER BY worth, last_learnt, recency LIMIT 1",
                SqlLessonRow.Read,
                ("tenant", tenant),
                ("spared", spared ?? "")).ConfigureAwait(false);
            if (least.Count > 0)
            {
                return least[0];
            }
        }

        return null;
    }

    /// <summary>Files a new lesson.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="rank">Its place in the order of first learning, or null for the next one.</param>
    public async ValueTask InsertAsync(Lesson lesson, long? rank)
    {
        long place = rank ?? await SqlCounters.NextAsync(session, "rank").ConfigureAwait(false);
        if (rank is not null)
        {
            await SqlCounters.RaiseAsync(session, "rank", place).ConfigureAwait(false);
        }

        var row = new SqlLessonRow(place, await TenantAsync(lesson.Scope.Tenant, 1).ConfigureAwait(false), lesson);
        await session.ExecuteAsync(
            """
            INSERT INTO lessons (rank, id, tenant, agent, task, recency, last_learnt, state, uses, credited_uses, total_delta, worth, content, embedding_model, embedding)
            VALUES (@rank, @id, @tenant, @agent, @task, @recency, @last_learnt, @state, @uses, @credited_uses, @total_delta, @worth, @content, @embedding_model, @embedding)
            """,
            [
                ("id", lesson.Id), ("tenant", row.Tenant), ("agent", SqlKey.Of(lesson.Scope.Agent)), ("task", SqlKey.Of(lesson.Scope.TaskId)),
                .. ChangingColumns(row), .. await LearntColumnsAsync(lesson).ConfigureAwait(false),
            ]).ConfigureAwait(false);
        if (lesson.State != LessonState.Retired)
        {
            await _words.AddAsync(row).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a lesson that was learnt again in the place of the old one, as the most recent of all.</summary>
    public async ValueTask RefreshAsync(SqlLessonRow known, Lesson lesson)
    {
        SqlLessonRow row = known with { Lesson = lesson };
        if (known.Lesson.State != LessonState.Retired)
        {
            await _words.RemoveAsync(known).ConfigureAwait(false);
        }

        await session.ExecuteAsync(
            """
            UPDATE lessons SET recency = @recency, last_learnt = @last_learnt, state = @state, uses = @uses, credited_uses = @credited_uses,
                total_delta = @total_delta, worth = @worth, content = @content, embedding_model = @embedding_model, embedding = @embedding
            WHERE rank = @rank
            """,
            [.. ChangingColumns(row), .. await LearntColumnsAsync(lesson).ConfigureAwait(false)]).ConfigureAwait(false);
        await _words.AddAsync(row).ConfigureAwait(false);
    }

    /// <summary>Changes a lesson's credit, and its state where the credit moves it.</summary>
    public async ValueTask CreditAsync(SqlLessonRow known, LessonCredit credit, LessonState state)
    {
        SqlLessonRow row = known with { Lesson = known.Lesson with { Credit = credit, State = state } };
        await session.ExecuteAsync(
            "UPDATE lessons SET state = @state, uses = @uses, credited_uses = @credited_uses, total_delta = @total_delta, worth = @worth WHERE rank = @rank",
            ChangingColumns(row)).ConfigureAwait(false);
        if (state == LessonState.Retired && known.Lesson.State != LessonState.Retired)
        {
            await _words.RemoveAsync(known).ConfigureAwait(false);
        }
    }

    public async ValueTask ForgetAsync(SqlLessonRow row)
    {
        if (row.Lesson.State != LessonState.Retired)
        {
            await _words.RemoveAsync(row).ConfigureAwait(false);
        }

        await session.ExecuteAsync("DELETE FROM lessons WHERE rank = @rank", ("rank", row.Rank)).ConfigureAwait(false);
        await TenantAsync(row.Lesson.Scope.Tenant, -1).ConfigureAwait(false);
    }

    // A column of other letters and lengths than ids have is not asked for them.
    private static bool IsId(string id) => id.Length == 16 && id.All(char.IsAsciiHexDigitLower);

    private static (string Name, object? Value)[] ChangingColumns(SqlLessonRow row) =>
    [
        ("rank", row.Rank), ("state", (int)row.Lesson.State), ("uses", row.Lesson.Credit.Uses), ("credited_uses", row.Lesson.Credit.CreditedUses),
        ("total_delta", row.Lesson.Credit.TotalDelta), ("worth", LessonOrder.Worth(row.Lesson)),
    ];

    private async ValueTask<(string Name, object? Value)[]> LearntColumnsAsync(Lesson lesson) =>
    [
        ("recency", await SqlCounters.NextAsync(session, "recency").ConfigureAwait(false)), ("last_learnt", LessonOrder.LastLearnt(lesson).UtcTicks),
        ("content", SqlLines.Of(lesson)), ("embedding_model", lesson.Embedding?.ModelId),
        ("embedding", lesson.Embedding is { } embedding ? EmbeddingJson.BytesOf(embedding.Vector) : null),
    ];

    private async ValueTask<long> TenantAsync(string name, int lessons)
    {
        (string Name, object? Value)[] parameters = [("name", SqlKey.Of(name)), ("lessons", lessons)];
        return await session.NumberAsync(
            """
            INSERT INTO tenants (number, name, lessons, recallable, words) SELECT COALESCE(MAX(number), 0) + 1, @name, @lessons, 0, 0 FROM tenants WHERE TRUE
            ON CONFLICT (name) DO UPDATE SET lessons = tenants.lessons + excluded.lessons RETURNING number
            """,
            parameters).ConfigureAwait(false);
    }

    private async ValueTask<(string Name, object? Value)[]> ScopeAsync(LessonScope scope) =>
    [
        ("tenant", await session.NumberAsync("SELECT number FROM tenants WHERE name = @name", ("name", SqlKey.Of(scope.Tenant))).ConfigureAwait(false)),
        ("agent", SqlKey.Of(scope.Agent)), ("task", SqlKey.Of(scope.TaskId)),
    ];
}
