using System.Collections.Concurrent;

namespace Reflexion.Environments;

/// <summary>Runs every program in a process of its own, with the strongest containment that this machine allows.</summary>
/// <remarks>
/// On Linux: namespaces of its own (users, processes, files, network, ipc), limits on all it may use, no capabilities, and a root of read-only system
/// libraries with an empty working folder in memory. It needs util-linux, which every distribution has, and either root or user namespaces for
/// ordinary users. Elsewhere: a process tree that is killed as a whole, a clean environment and folder, a wall clock and a bound on output.
/// </remarks>
public sealed class ProcessSandbox : ISandbox
{
    private readonly IProcessLauncher _launcher;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<SandboxedProcess, bool> _running = new();
    private bool _disposed;

    private ProcessSandbox(IProcessLauncher launcher, TimeProvider time)
    {
        _launcher = launcher;
        _time = time;
    }

    /// <inheritdoc />
    public SandboxContainment Containment => _launcher.Containment;

    /// <summary>Finds out by trying what this machine allows, and creates the sandbox.</summary>
    /// <param name="options">Its options; null the defaults.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <returns>The sandbox. The caller disposes it.</returns>
    /// <exception cref="SandboxException">Containment is required and this machine does not allow it.</exception>
    public static async ValueTask<ProcessSandbox> CreateAsync(ProcessSandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ProcessSandboxOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FolderBytes, 64 << 10, nameof(options));
        var launcher = await ProcessLaunchers.StrongestAsync(options, cancellationToken).ConfigureAwait(false);
        return options.RequireContainment && !launcher.Containment.IsComplete
            ? throw new SandboxException($"Containment is required, but this machine does not allow it. {launcher.Containment.Description}")
            : new ProcessSandbox(launcher, options.Time);
    }

    /// <inheritdoc />
    public async ValueTask<ISandboxedProcess> StartAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        var process = await StartHeldAsync(command, cancellationToken).ConfigureAwait(false);
        process.StartClock();
        return process;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _disposed, true);
        foreach (var process in _running.Keys)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }

        await _launcher.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Starts a program whose wall clock stands still until it is told to run.</summary>
    internal async ValueTask<SandboxedProcess> StartHeldAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        SandboxCommandCheck.Check(command);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        var launched = await _launcher.LaunchAsync(command, cancellationToken).ConfigureAwait(false);
        var process = new SandboxedProcess(launched, command.Limits, _time, ended => _running.TryRemove(ended, out _));
        _running[process] = true;
        if (Volatile.Read(ref _disposed))
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw new ObjectDisposedException(nameof(ProcessSandbox));
        }

        return process;
    }
}
