using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Reflexion;

/// <summary>Entries as rows, and back.</summary>
internal static class SqlJournalRow
{
    /// <summary>The columns that <see cref="Read"/> needs, in order.</summary>
    public const string Columns = "sequence, trial, kind, at, payload";

    /// <summary>What adds one entry, where it is the next one and the tables are of no newer version.</summary>
    public static (string Sql, IEnumerable<(string Name, object? Value)> Parameters) Insert(SqlAppend append, int number)
    {
        JournalEntry entry = append.Entry;
        string sql = string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO journal_entries (episode, sequence, trial, kind, at, payload, id, writer)
            SELECT @episode{number}, @sequence{number}, @trial{number}, @kind{number}, @at{number}, @payload{number}, @id{number}, @writer{number}
            WHERE ({SqlJournalTables.All.VersionQuery}) <= {SqlJournalTables.All.Version}
                AND (@sequence{number} = 0 OR EXISTS (SELECT 1 FROM journal_entries WHERE episode = @episode{number} AND sequence = @sequence{number} - 1))
            ON CONFLICT (episode, sequence) DO NOTHING RETURNING sequence
            """);
        return (sql,
        [
            ($"episode{number}", append.Episode),
            ($"sequence{number}", entry.Sequence),
            ($"trial{number}", entry.Trial),
            ($"kind{number}", entry.Kind.ToString()),
            ($"at{number}", entry.At.ToString("O", CultureInfo.InvariantCulture)),
            ($"payload{number}", entry.Payload),
            ($"id{number}", entry.Sequence == 0 && append.Episode != entry.EpisodeId ? JsonSerializer.Serialize(entry.EpisodeId, JournalPayload.Context.String) : ""),
            ($"writer{number}", append.Writer),
        ]);
    }

    /// <summary>The id of an episode, from how its first entry calls it.</summary>
    public static string ReadId(DbDataReader row) =>
        row.GetString(1) is { Length: > 0 } id ? JsonSerializer.Deserialize(id, JournalPayload.Context.String)! : row.GetString(0);

    /// <summary>Reads an entry.</summary>
    /// <exception cref="EpisodeFormatException">It is damaged or of a newer version.</exception>
    public static JournalEntry Read(DbDataReader row, string episodeId, string database, int column = 0)
    {
        long sequence = row.GetInt64(column);
        string source = $"{database}, episode '{episodeId}', entry {sequence}";
        JournalEntryKind kind = JournalKinds.Parse(row.GetString(column + 2), source);
        string at = row.GetString(column + 3);
        return DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? new(episodeId, sequence, row.GetInt32(column + 1), kind, time, row.GetString(column + 4))
            : throw new EpisodeFormatException(source, $"The entry is damaged: '{at}' is no time. Restore the row from a backup.");
    }
}
