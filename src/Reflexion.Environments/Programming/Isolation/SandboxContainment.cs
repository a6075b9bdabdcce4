namespace Reflexion.Environments;

/// <summary>What a sandbox keeps from the host on the machine it runs on.</summary>
public sealed record SandboxContainment
{
    /// <summary>No network at all, the host's own loopback included.</summary>
    public required bool Network { get; init; }

    /// <summary>No view of the host's files beyond the system's libraries and the folders a command names, all of them read-only.</summary>
    public required bool Files { get; init; }

    /// <summary>No view of other processes, and no signal reaches them.</summary>
    public required bool ProcessTree { get; init; }

    /// <summary>Limits on processor time, memory and file size are enforced by the system.</summary>
    public required bool Resources { get; init; }

    /// <summary>The number of processes is limited by the system.</summary>
    public required bool ProcessCount { get; init; }

    /// <summary>Contained in every respect above.</summary>
    public bool IsComplete => Network && Files && ProcessTree && Resources && ProcessCount;

    /// <summary>In words: how this is done here, what is not contained and what to do about it.</summary>
    public required string Description { get; init; }
}
