namespace Reflexion;

/// <summary>How a <see cref="PostgreSqlEpisodeJournal"/> keeps its entries.</summary>
public sealed record PostgreSqlJournalOptions : SqlJournalOptions
{
    /// <summary>
    /// The schema its tables lie in, created where there is none; journals in different schemas know nothing of each other. It may be that of
    /// a memory. Default <c>reflexion</c>; 1 to 63 characters, letters, digits and underscores.
    /// </summary>
    public string Schema { get; init; } = "reflexion";
}
