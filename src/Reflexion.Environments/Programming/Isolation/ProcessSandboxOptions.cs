namespace Reflexion.Environments;

/// <summary>Options of <see cref="ProcessSandbox"/>.</summary>
public sealed record ProcessSandboxOptions
{
    /// <summary>Refuses to be created where programs cannot be contained in every respect of <see cref="SandboxContainment"/>. Default false: what the system allows, as <see cref="ProcessSandbox.Containment"/> says.</summary>
    public bool RequireContainment { get; init; }

    /// <summary>How much one program may keep in its working folder, and again in its folder of temporary files, in bytes; at least 64 KiB. Enforced where <see cref="SandboxContainment.Files"/> holds. Default 16 MiB.</summary>
    public long FolderBytes { get; init; } = 16L << 20;

    /// <summary>The clock of <see cref="SandboxLimits.WallClock"/>. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts programs without namespaces, as where the system has none.</summary>
    internal bool WithoutNamespaces { get; init; }
}
