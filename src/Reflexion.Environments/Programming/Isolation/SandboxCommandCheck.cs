namespace Reflexion.Environments;

/// <summary>Refuses commands that cannot be meant.</summary>
internal static class SandboxCommandCheck
{
    // A sandbox has its own of these.
    private static readonly string[] OwnFolders = ["/", "/tmp", "/work", "/proc", "/dev", "/.sandbox"];

    public static void Check(SandboxCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireProgram(command.FileName);
        foreach (var folder in command.ReadableFolders)
        {
            RequireFolder(folder);
        }

        foreach (var name in command.Files.Keys)
        {
            RequireName(name);
        }

        Check(command.Limits);
    }

    private static void Check(SandboxLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limits.WallClock, TimeSpan.Zero, nameof(SandboxLimits.WallClock));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.WallClock, TimeSpan.FromDays(1), nameof(SandboxLimits.WallClock));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limits.CpuTime, TimeSpan.Zero, nameof(SandboxLimits.CpuTime));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MemoryBytes, 1 << 20, nameof(SandboxLimits.MemoryBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.AddressSpaceBytes ?? limits.MemoryBytes, limits.MemoryBytes, nameof(SandboxLimits.AddressSpaceBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.OutputBytes, nameof(SandboxLimits.OutputBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.FileBytes, nameof(SandboxLimits.FileBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Processes, 1, nameof(SandboxLimits.Processes));
    }

    private static void RequireProgram(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new SandboxException($"'{path}' is not an absolute path. Name the program by its whole path: a sandbox searches no folders.");
        }

        if (!File.Exists(path))
        {
            throw new SandboxException($"There is no program '{path}'. Install it, or name the path it has here.");
        }
    }

    private static void RequireFolder(string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.AsSpan().ContainsAny('\n', '\0'))
        {
            throw new SandboxException($"The readable folder '{path}' is not an absolute path.");
        }

        if (!Directory.Exists(path))
        {
            throw new SandboxException($"There is no readable folder '{path}'.");
        }

        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!OperatingSystem.IsWindows() && (OwnFolders.Contains(whole) || whole.StartsWith("/proc/", StringComparison.Ordinal) || whole.StartsWith("/dev/", StringComparison.Ordinal)))
        {
            throw new SandboxException($"'{path}' cannot be a readable folder: a sandbox has its own. Name the folders inside that the program needs.");
        }
    }

    private static void RequireName(string name)
    {
        if (name is "" or "." or ".." || name.AsSpan().ContainsAny("/\\\0:"))
        {
            throw new SandboxException($"'{name}' cannot name a file of the working folder: give a name without folders.");
        }
    }
}
