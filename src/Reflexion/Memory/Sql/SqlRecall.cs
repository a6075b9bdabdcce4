using System.Data.Common;

namespace Reflexion;

/// <summary>One recall from a database.</summary>
internal sealed class SqlRecall(SqlSession session, LessonQuery query, LessonEmbedding? embedding, DateTimeOffset since, RecallOptions options)
{
    private const int MostAtOnce = 1_000;

    private readonly int _pool = RankFusion.PoolFor(query.Limit);

    /// <summary>The most recently learnt lessons, oldest first. One round trip, which needs no transaction.</summary>
    public async ValueTask<IReadOnlyList<Lesson>> RecentAsync(SqlSchema schema)
    {
        SqlCondition condition = SqlCondition.OfNamed(query, since);
        (List<long> version, List<SqlLessonRow> rows) = await session.QueryAsync(
            $"{schema.VersionQuery}; SELECT {SqlLessonRow.Columns} FROM lessons l WHERE {condition.Sql} ORDER BY l.recency DESC LIMIT @limit",
            static row => row.GetInt64(0),
            SqlLessonRow.Read,
            [.. condition.Parameters, ("limit", query.Limit)]).ConfigureAwait(false);
        schema.ThrowIfNewer(version.Single());
        rows.Reverse();
        return [.. rows.Select(row => row.Lesson)];
    }

    /// <summary>The most relevant lessons, best last. What is filed or forgotten meanwhile may be there or not, so this needs no transaction either.</summary>
    public async ValueTask<IReadOnlyList<Lesson>> RelevantAsync(SqlSchema schema)
    {
        (List<long> version, List<SqlTenant> tenant) = await session.QueryAsync(
            $"{schema.VersionQuery}; {SqlTenant.Query}", static row => row.GetInt64(0), SqlTenant.Read, ("name", SqlKey.Of(query.Scope.Tenant))).ConfigureAwait(false);
        schema.ThrowIfNewer(version.Single());
        return tenant.Count == 0 || query.Limit == 0 ? [] : await RelevantAsync(tenant[0]).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<Lesson>> RelevantAsync(SqlTenant tenant)
    {
        SqlCondition inBreadth = SqlCondition.Of(tenant.Number, query, since);
        List<Ranked> best = RankFusion.Fuse(
            [
                await OfTaskAsync(SqlCondition.OfTask(tenant.Number, query, since)).ConfigureAwait(false),
                await new SqlWords(session).BestAsync(tenant, query.Text!, inBreadth, options.MaxCandidates, _pool).ConfigureAwait(false),
                await ByMeaningAsync(inBreadth).ConfigureAwait(false),
            ],
            query.Limit,
            options);
        return await LoadAsync(best).ConfigureAwait(false);
    }

    private ValueTask<List<Ranked>> OfTaskAsync(SqlCondition condition) => session.QueryAsync(
        $"SELECT l.rank, l.uses, l.credited_uses, l.total_delta FROM lessons l WHERE {condition.Sql} ORDER BY l.recency DESC LIMIT @pool",
        static row => new Ranked(row.GetInt64(0), 0, SqlLessonRow.CreditAt(row, 1)),
        [.. condition.Parameters, ("pool", _pool)]);

    private async ValueTask<List<Ranked>> ByMeaningAsync(SqlCondition condition)
    {
        if (embedding is null)
        {
            return [];
        }

        List<Ranked> compared = await session.QueryAsync(
            $"SELECT l.rank, l.uses, l.credited_uses, l.total_delta, l.embedding FROM lessons l WHERE {condition.Sql} AND l.embedding_model = @model ORDER BY l.recency DESC LIMIT @most",
            row => new Ranked(row.GetInt64(0), CosineOf(row), SqlLessonRow.CreditAt(row, 1)),
            [.. condition.Parameters, ("model", embedding.ModelId), ("most", options.MaxCandidates)]).ConfigureAwait(false);
        return Ranked.Best(compared.Where(lesson => lesson.Score > 0), _pool);
    }

    private double CosineOf(DbDataReader row) =>
        Cosine.Of(EmbeddingJson.VectorOf(row.GetFieldValue<byte[]>(4)).AsSpan(), embedding!.Vector.AsSpan());

    private async ValueTask<IReadOnlyList<Lesson>> LoadAsync(List<Ranked> best)
    {
        var byRank = new Dictionary<long, Lesson>();
        foreach (long[] ranks in best.Select(lesson => lesson.Rank).Chunk(MostAtOnce))
        {
            (string names, (string Name, object? Value)[] parameters) = SqlSession.ListOf("r", ranks);
            List<SqlLessonRow> rows = await session.QueryAsync(
                $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE rank IN ({names})", SqlLessonRow.Read, parameters).ConfigureAwait(false);
            rows.ForEach(row => byRank[row.Rank] = row.Lesson);
        }

        return [.. best.AsEnumerable().Reverse().Where(lesson => byRank.ContainsKey(lesson.Rank)).Select(lesson => byRank[lesson.Rank])];
    }
}
