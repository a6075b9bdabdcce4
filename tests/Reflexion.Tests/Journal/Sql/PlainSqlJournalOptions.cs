namespace Reflexion.Tests;

/// <summary>What the options of all databases have in common.</summary>
internal sealed record PlainSqlJournalOptions : SqlJournalOptions;
