namespace Reflexion.Tests;

/// <summary>A journal over any database.</summary>
internal sealed class PlainSqlJournal(SqlDatabase database, SqlJournalOptions? options = null) : SqlEpisodeJournal(database, options ?? new PlainSqlJournalOptions(), null);
