namespace Reflexion.Environments;

/// <summary>What a program in a sandbox may use. Every limit is finite.</summary>
public sealed record SandboxLimits
{
    /// <summary>Time from the start (or, for a process started ahead, from when it is handed out) to the end. Default 10 s.</summary>
    public TimeSpan WallClock { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Processor time of one process. Default 10 s; whole seconds, rounded up.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory of one process, in bytes; all its processes together may use twice that. Default 512 MiB.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Address space of one process, in bytes, at least <see cref="MemoryBytes"/>; null (the default) the same. Runtimes that reserve far more than they use, such as .NET, need more.</summary>
    public long? AddressSpaceBytes { get; init; }

    /// <summary>Bytes it may write to its standard output, and again to its standard error. Default 1 MiB.</summary>
    public int OutputBytes { get; init; } = 1 << 20;

    /// <summary>The size of one file it writes, in bytes. Default 1 MiB.</summary>
    public long FileBytes { get; init; } = 1 << 20;

    /// <summary>How many processes and threads it may have at once. Default 64: runtimes start threads of their own.</summary>
    public int Processes { get; init; } = 64;
}
