namespace Reflexion;

/// <summary>How a <see cref="FileEpisodicMemory"/> keeps its file.</summary>
public sealed record FileMemoryOptions : MemoryOptions
{
    /// <summary>
    /// The longest a call waits until other processes let go of the file. Default 10 seconds; zero tries once.
    /// </summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a call completes only when the disk has its lines. Default true: nothing acknowledged is lost in a power cut.
    /// False leaves it to the operating system: faster, and still safe when only the process dies.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;

    /// <summary>
    /// The file is compacted by itself when it has more than this many lines for each thing it holds, and at least 10,000 lines.
    /// Default 4; at least 2, or null to compact only on <see cref="FileEpisodicMemory.CompactAsync"/>.
    /// </summary>
    public int? CompactAbove { get; init; } = 4;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(LockTimeout, TimeSpan.Zero);
        if (CompactAbove is { } ratio)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 2, nameof(CompactAbove));
        }
    }
}
