using System.Data.Common;

namespace Reflexion;

/// <summary>A lesson with its places.</summary>
/// <param name="Rank">Its place in the order of first learning, and its key.</param>
/// <param name="Tenant">The number of its tenant.</param>
/// <param name="Lesson">The lesson.</param>
internal sealed record SqlLessonRow(long Rank, long Tenant, Lesson Lesson)
{
    /// <summary>The columns that <see cref="Read"/> needs, in order.</summary>
    public const string Columns = "rank, tenant, content, state, uses, credited_uses, total_delta, embedding_model, embedding";

    public static SqlLessonRow Read(DbDataReader row)
    {
        long rank = row.GetInt64(0);
        Lesson lesson = SqlLines.Read<LessonFiled>(row.GetString(2), "lessons", rank).Lesson with
        {
            State = (LessonState)row.GetInt32(3),
            Credit = CreditAt(row, 4),
            Embedding = row.IsDBNull(7) ? null : new(row.GetString(7), EmbeddingJson.VectorOf(row.GetFieldValue<byte[]>(8))),
        };
        return new(rank, row.GetInt64(1), lesson);
    }

    public static LessonCredit CreditAt(DbDataReader row, int column) =>
        new(row.GetInt32(column), row.GetInt32(column + 1), row.GetDouble(column + 2));
}
