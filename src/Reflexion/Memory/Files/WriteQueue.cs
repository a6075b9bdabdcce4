namespace Reflexion;

/// <summary>Collects calls while an earlier batch is being written, so that one lock, one write and one flush serve many.</summary>
/// <param name="turn">Takes a batch and writes it; called again while calls wait. Must not throw.</param>
internal sealed class WriteQueue(Func<Task> turn) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private List<PendingWrite> _waiting = [];
    private Task _pump = Task.CompletedTask;
    private bool _isPumping;
    private bool _isClosed;

    /// <summary>Adds a call.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Enqueue(PendingWrite write)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _waiting.Add(write);
            if (!_isPumping)
            {
                _isPumping = true;
                _pump = Task.Run(PumpAsync);
            }
        }
    }

    /// <summary>Takes all calls that still wait.</summary>
    public List<PendingWrite> Take()
    {
        List<PendingWrite> taken;
        lock (_gate)
        {
            (taken, _waiting) = (_waiting, []);
        }

        taken.RemoveAll(static write => !write.TryTake());
        return taken;
    }

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), typeof(FileEpisodicMemory));

    /// <summary>Takes no more calls, and waits for those it has.</summary>
    public async ValueTask DisposeAsync()
    {
        Task pump;
        lock (_gate)
        {
            Volatile.Write(ref _isClosed, true);
            pump = _pump;
        }

        await pump.ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        for (bool more = true; more;)
        {
            await turn().ConfigureAwait(false);
            lock (_gate)
            {
                more = _isPumping = _waiting.Count > 0;
            }
        }
    }
}
