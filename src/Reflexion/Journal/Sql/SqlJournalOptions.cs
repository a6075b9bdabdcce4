namespace Reflexion;

/// <summary>How a journal in a database keeps its entries; the options of each database derive from it.</summary>
public abstract record SqlJournalOptions
{
    /// <summary>The longest an append waits for other writers. Default 10 seconds; zero tries once. Rounded up to whole milliseconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call is repeated, with growing pauses, while the database cannot be reached or breaks off, as in a restart of its server.
    /// Default 30 seconds; zero repeats nothing. An entry whose fate was not known is found again, and not written twice.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate() => SqlStore.Validate(LockTimeout, RetryFor);
}
