namespace Reflexion.Environments;

/// <summary>What ended a program in a sandbox.</summary>
public enum SandboxEnd
{
    /// <summary>It exited by itself.</summary>
    Exited,

    /// <summary>A signal ended it: a crash, or memory or processor time ran out.</summary>
    Crashed,

    /// <summary>It ran longer than <see cref="SandboxLimits.WallClock"/>.</summary>
    WallClock,

    /// <summary>It used more than <see cref="SandboxLimits.CpuTime"/>.</summary>
    CpuTime,

    /// <summary>It wrote more than <see cref="SandboxLimits.OutputBytes"/>.</summary>
    Output,

    /// <summary>Its processes together used more than twice <see cref="SandboxLimits.MemoryBytes"/>.</summary>
    Memory,

    /// <summary>The caller ended it.</summary>
    Disposed,
}
