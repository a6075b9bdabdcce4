using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Starts programs in Linux namespaces of their own.</summary>
internal sealed class NamespaceLauncher : IProcessLauncher
{
    // The one that waits outside, the first process inside, and its watch over the host.
    private const int OwnProcesses = 3;
    private const int OpenFiles = 256;

    private readonly NamespaceRoots _roots;
    private readonly ImmutableArray<string> _isolate =
    [
        SystemTool.Require("unshare"), "--user", "--map-root-user", "--mount", "--propagation", "unchanged", "--pid", "--net", "--ipc", "--uts", "--cgroup",
        "--fork", "--kill-child", "--mount-proc", SystemTool.Require("sh"), "-c", InitScript.Text(SystemTool.Require("mount"), SystemTool.Require("head")), "sh",
    ];

    private readonly ImmutableArray<string> _drop =
        [SystemTool.Require("setpriv"), "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", SystemTool.Require("prlimit")];

    private NamespaceLauncher(long folderBytes) => _roots = new NamespaceRoots(folderBytes);

    /// <inheritdoc />
    public SandboxContainment Containment { get; } = new()
    {
        Network = true,
        Files = true,
        ProcessTree = true,
        Resources = true,
        ProcessCount = true,
        Description = "Programs run in Linux namespaces of their own, without capabilities or a way to gain any: no network, not even loopback's listeners; no processes but "
            + "their own; read-only system libraries, the folders a command names, and an empty folder in memory; limits on processor time, memory, file "
            + "size, the size of the folder, and the number of processes. NOT contained: the kernel itself, whose faults a program may use; and "
            + "memory that the kernel holds for no process (pipes, sockets, files without a name) is bounded only by the numbers of files and processes and the size of a file. "
            + "For more, use a control group or a virtual machine.",
    };

    /// <summary>Finds out by trying whether it can be done.</summary>
    /// <exception cref="SandboxException">It cannot; the message says why.</exception>
    public static async Task<NamespaceLauncher> CreateAsync(long folderBytes, CancellationToken cancellationToken)
    {
        var launcher = new NamespaceLauncher(folderBytes);
        try
        {
            await launcher.ProbeAsync(cancellationToken).ConfigureAwait(false);
            return launcher;
        }
        catch
        {
            await launcher.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask<LaunchedProcess> LaunchAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        var lease = await _roots.RentAsync(command.ReadableFolders).ConfigureAwait(false);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var process = ChildProcess.Start([.. lease.Root.Enter, .. _isolate, .. Files(command), .. _drop, .. Limits(command.Limits), command.FileName, .. command.Arguments], command.Environment, "/");
            await InitHandshake.CompleteAsync(process, command.Files, cancellationToken).ConfigureAwait(false);
            var id = process.Id;
            return new LaunchedProcess(process, () => NamespaceKill.Kill(process), lease.Return, OutputOutlives: false, () => ProcessTree.MemoryBytes(id), OwnWords: "unshare: ");
        }
        catch
        {
            lease.Return();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _roots.DisposeAsync();

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var launched = await LaunchAsync(new SandboxCommand { FileName = SystemTool.Require("true") }, cancellationToken).ConfigureAwait(false);
        var process = new SandboxedProcess(launched, new SandboxLimits(), TimeProvider.System, _ => { });
        await using (process.ConfigureAwait(false))
        {
            var exit = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exit is not { End: SandboxEnd.Exited, ExitCode: 0 })
            {
                throw new SandboxException($"Programs cannot be cut off from the host here: {exit.ErrorOutput.Trim()}.");
            }
        }
    }

    private static IEnumerable<string> Files(SandboxCommand command) =>
        [Text(command.Files.Count), .. command.Files.SelectMany(file => new[] { file.Key, Text(file.Value.Length) })];

    private static IEnumerable<string> Limits(SandboxLimits limits)
    {
        var seconds = (long)Math.Ceiling(limits.CpuTime.TotalSeconds);
        return
        [
            "--core=0", $"--cpu={Text(seconds)}:{Text(seconds + 1)}", $"--data={Text(limits.MemoryBytes)}", $"--as={Text(limits.AddressSpaceBytes ?? limits.MemoryBytes)}",
            $"--fsize={Text(limits.FileBytes)}", $"--nproc={Text(limits.Processes + OwnProcesses)}", $"--nofile={Text(OpenFiles)}", "--msgqueue=0", "--",
        ];
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
