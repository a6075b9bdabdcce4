namespace Reflexion.Environments;

/// <summary>A sandbox that starts the processes of commands used again and again ahead, so that they are up when they are needed.</summary>
/// <remarks>
/// For programs that read what to do from their standard input. Each process is handed out once and never used again, so no state passes from one
/// execution to the next; its wall clock starts when it is handed out. A command counts as used again when the same <see cref="SandboxCommand"/>
/// (or one equal to it: the very same arguments, files, environment and folders) is started a second time. Thread-safe. Owns the sandbox below it.
/// </remarks>
public sealed class WarmSandbox : ISandbox
{
    private readonly ProcessSandbox _sandbox;
    private readonly WarmSandboxOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<SandboxCommand, WarmShelf> _shelves = [];
    private long _uses;
    private bool _disposed;

    /// <summary>Creates the sandbox.</summary>
    /// <param name="sandbox">Where processes run; disposed with this one.</param>
    /// <param name="options">How much stands ready; null the defaults.</param>
    public WarmSandbox(ProcessSandbox sandbox, WarmSandboxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        _options = options ?? new WarmSandboxOptions();
        RequireWithin(_options.ProcessesPerCommand, nameof(options));
        RequireWithin(_options.Commands, nameof(options));
        _sandbox = sandbox;
    }

    /// <inheritdoc />
    public SandboxContainment Containment => _sandbox.Containment;

    /// <inheritdoc />
    public async ValueTask<ISandboxedProcess> StartAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        SandboxCommandCheck.Check(command);
        cancellationToken.ThrowIfCancellationRequested();
        var shelf = ShelfOf(command);
        if (shelf.Take() is { } ready)
        {
            ready.StartClock();
            return ready;
        }

        return await _sandbox.StartAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var shelf in TakeAll())
        {
            await shelf.DisposeAsync().ConfigureAwait(false);
        }

        await _sandbox.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until nothing is being started ahead.</summary>
    internal async Task SettleAsync()
    {
        foreach (var shelf in Shelves())
        {
            await shelf.SettleAsync().ConfigureAwait(false);
        }
    }

    private WarmShelf ShelfOf(SandboxCommand command)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_shelves.TryGetValue(command, out var shelf))
            {
                MakeRoom();
                shelf = new WarmShelf(_sandbox, command, _options.ProcessesPerCommand);
                _shelves[command] = shelf;
            }

            shelf.LastUse = ++_uses;
            return shelf;
        }
    }

    private void MakeRoom()
    {
        if (_shelves.Count == _options.Commands)
        {
            var (command, shelf) = _shelves.MinBy(pair => pair.Value.LastUse);
            _shelves.Remove(command);
            _ = shelf.DisposeAsync().AsTask();
        }
    }

    private List<WarmShelf> Shelves()
    {
        lock (_gate)
        {
            return [.. _shelves.Values];
        }
    }

    private List<WarmShelf> TakeAll()
    {
        lock (_gate)
        {
            _disposed = true;
            List<WarmShelf> all = [.. _shelves.Values];
            _shelves.Clear();
            return all;
        }
    }

    private static void RequireWithin(int value, string name)
    {
        if (value is < 1 or > 64)
        {
            throw new ArgumentOutOfRangeException(name, value, "Give a number from 1 to 64.");
        }
    }
}
