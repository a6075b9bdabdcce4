namespace Reflexion.Environments;

/// <summary>Processes of one command that stand ready.</summary>
internal sealed class WarmShelf(ProcessSandbox sandbox, SandboxCommand command, int capacity) : IAsyncDisposable
{
    // A command whose processes do not wait for their input gains nothing from an early start.
    private const int DeadUntilGivenUp = 3;

    private readonly Lock _gate = new();
    private readonly Queue<SandboxedProcess> _ready = new();
    private Task _refill = Task.CompletedTask;
    private bool _used;
    private bool _disposed;
    private int _dead;

    /// <summary>When it was used last, as a count of uses; guarded by its owner.</summary>
    public long LastUse { get; set; }

    /// <summary>A process that is up, or null. The first use only notes that there is one; from the second on the shelf is kept filled.</summary>
    public SandboxedProcess? Take()
    {
        lock (_gate)
        {
            var taken = TakeAlive();
            if (_used && !_disposed && _refill.IsCompleted && _dead < DeadUntilGivenUp)
            {
                _refill = Task.Run(RefillAsync);
            }

            _used = true;
            return taken;
        }
    }

    /// <summary>Waits until it is as full as it will be.</summary>
    public Task SettleAsync()
    {
        lock (_gate)
        {
            return _refill;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        await SettleAsync().ConfigureAwait(false);
        while (Next() is { } process)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SandboxedProcess? Next()
    {
        lock (_gate)
        {
            return _ready.TryDequeue(out var process) ? process : null;
        }
    }

    private SandboxedProcess? TakeAlive()
    {
        while (_ready.TryDequeue(out var process))
        {
            if (!process.HasEnded)
            {
                _dead = 0;
                return process;
            }

            _dead++;
            _ = process.DisposeAsync().AsTask();
        }

        return null;
    }

    private async Task RefillAsync()
    {
        try
        {
            while (HasRoom())
            {
                var process = await sandbox.StartHeldAsync(command, CancellationToken.None).ConfigureAwait(false);
                lock (_gate)
                {
                    _ready.Enqueue(process);
                }
            }
        }
        catch (Exception exception) when (exception is SandboxException or ObjectDisposedException)
        {
            // Whoever needs a process next starts it himself, and is told why it fails.
        }
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            return !_disposed && _ready.Count < capacity;
        }
    }
}
