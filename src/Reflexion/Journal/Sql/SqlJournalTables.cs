namespace Reflexion;

/// <summary>The tables of a journal.</summary>
internal static class SqlJournalTables
{
    /// <summary>
    /// All of them. An episode is called as <see cref="SqlKey"/> says, and its first entry has its very id as JSON where that is another. The writer
    /// tells whose append an entry came from.
    /// </summary>
    public static SqlTables All { get; } = new(
        "journal",
        [
            """
            CREATE TABLE journal_entries (
                episode {text} NOT NULL, sequence BIGINT NOT NULL, trial INT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
                payload TEXT NOT NULL, id TEXT NOT NULL, writer TEXT NOT NULL, PRIMARY KEY (episode, sequence))
            """,
            "CREATE INDEX journal_episodes ON journal_entries (episode) WHERE sequence = 0",
        ]);
}
