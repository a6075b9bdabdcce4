using System.Diagnostics;

namespace Reflexion.Tests;

/// <summary>A fact that is skipped, saying so, where a file system of one's own cannot be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Mounts();

    public SmallDiskFactAttribute()
    {
        Skip ??= CanMount ? null : "This needs Linux and the right to mount a tmpfs in a namespace of one's own (unshare -Urm).";
    }

    private static bool Mounts()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        using Process process = WorkerProcess.Start("unshare", ["-Urm", "mount", "-t", "tmpfs", "none", "/tmp"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
