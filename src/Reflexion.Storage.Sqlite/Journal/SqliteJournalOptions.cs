namespace Reflexion;

/// <summary>How a <see cref="SqliteEpisodeJournal"/> keeps its file.</summary>
public sealed record SqliteJournalOptions : SqlJournalOptions
{
    /// <summary>
    /// Whether an append completes only when the disk has its entry (SQLite's <c>synchronous = FULL</c>). Default true: nothing acknowledged is
    /// lost in a power cut. False leaves it to the operating system: faster, and still safe when only the process dies.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;
}
