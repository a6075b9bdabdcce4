namespace Reflexion;

/// <summary>How a <see cref="SqliteEpisodicMemory"/> keeps its file.</summary>
public sealed record SqliteMemoryOptions : SqlMemoryOptions
{
    /// <summary>
    /// Whether a call completes only when the disk has what it wrote. Default true: nothing acknowledged is lost in a power cut. False
    /// leaves it to the operating system: faster, and still safe when only the process dies.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;
}
