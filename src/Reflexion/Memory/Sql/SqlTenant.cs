using System.Data.Common;

namespace Reflexion;

/// <summary>A tenant, and what BM25 needs to know of it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Recallable">How many of its lessons can be recalled.</param>
/// <param name="Words">How many words those have.</param>
internal sealed record SqlTenant(long Number, long Recallable, long Words)
{
    /// <summary>Reads the tenant called <c>@name</c>.</summary>
    public const string Query = "SELECT number, recallable, words FROM tenants WHERE name = @name";

    public static SqlTenant Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
}
