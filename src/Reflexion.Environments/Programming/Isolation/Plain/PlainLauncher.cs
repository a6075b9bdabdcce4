using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Starts programs as ordinary processes, with what every system offers: a clean environment, a folder of their own, and a tree that is killed.</summary>
internal sealed class PlainLauncher(string reason) : IProcessLauncher
{
    private const string Shell = "/bin/sh";

    // Each limit stands alone: a system that refuses one keeps the others.
    private const string UnderLimits = """
        ulimit -c 0; ulimit -t "$1"; ulimit -f "$2"; ulimit -d "$3"; ulimit -v "$4"
        shift 4
        exec "$@"
        """;

    /// <inheritdoc />
    public SandboxContainment Containment { get; } = new()
    {
        Network = false,
        Files = false,
        ProcessTree = false,
        Resources = OperatingSystem.IsLinux(),
        ProcessCount = false,
        Description = Describe(reason),
    };

    /// <inheritdoc />
    public async ValueTask<LaunchedProcess> LaunchAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("reflexion-sandbox-").FullName;
        try
        {
            foreach (var (name, content) in command.Files)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), content, cancellationToken).ConfigureAwait(false);
            }

            var process = Start(command, folder);
            return new LaunchedProcess(process, () => Kill(process), () => Delete(folder), OutputOutlives: true);
        }
        catch
        {
            Delete(folder);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Process Start(SandboxCommand command, string folder)
    {
        ImmutableArray<string> all = OperatingSystem.IsWindows() ? [command.FileName, .. command.Arguments] : [Shell, "-c", UnderLimits, "sh", .. Limits(command.Limits), command.FileName, .. command.Arguments];
        return ChildProcess.Start(all, command.Environment, folder);
    }

    private static IEnumerable<string> Limits(SandboxLimits limits)
    {
        const int Block = 512;
        const int Kilobyte = 1024;
        return new[]
        {
            (long)Math.Ceiling(limits.CpuTime.TotalSeconds),
            limits.FileBytes / Block,
            limits.MemoryBytes / Kilobyte,
            (limits.AddressSpaceBytes ?? limits.MemoryBytes) / Kilobyte,
        }.Select(limit => limit.ToString(CultureInfo.InvariantCulture));
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that escaped still writes there.
        }
    }

    private static string Describe(string reason) =>
        "Programs run as ordinary processes of this user: a process of their own, an empty environment, an empty folder, a wall clock, a bound on output, "
        + (OperatingSystem.IsLinux() ? "the system's limits on processor time, memory and file size, " : OperatingSystem.IsWindows() ? string.Empty : "the system's limits on processor time and file size, ")
        + "and the tree of their processes is killed at the end. NOT contained: the network, the files this user can reach, the number of processes, other processes of this user (those that judge programs included)"
        + (OperatingSystem.IsLinux() ? ", and processes that leave the tree. " : ", memory, and processes that leave the tree. ")
        + $"Why: {reason} Run programs that nobody trusts on Linux as root or with user namespaces allowed, or inside a container or virtual machine.";
}
