namespace Reflexion;

/// <summary>How a memory in a database keeps its lessons; the options of each database derive from it.</summary>
public abstract record SqlMemoryOptions : MemoryOptions
{
    /// <summary>The longest a call waits for other writers. Default 10 seconds; zero tries once. Rounded up to whole milliseconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call is repeated, with growing pauses, while the database cannot be reached or breaks off, as in a restart of its server.
    /// Default 30 seconds; zero repeats nothing. Every call may be repeated without doing anything twice.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    internal override void Validate()
    {
        base.Validate();
        SqlStore.Validate(LockTimeout, RetryFor);
    }
}
