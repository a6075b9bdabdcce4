namespace Reflexion;

/// <summary>How a <see cref="FileEpisodeJournal"/> keeps its files.</summary>
public sealed record FileJournalOptions
{
    /// <summary>The longest an append waits until other processes let go of a file. Default 10 seconds; zero tries once.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether an append completes only when the disk has its line. Default true: nothing acknowledged is lost in a power cut.
    /// False leaves it to the operating system: faster, and still safe when only the process dies.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(LockTimeout, TimeSpan.Zero);
}
