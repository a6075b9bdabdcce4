namespace Reflexion;

/// <summary>Collects calls while an earlier batch is being written, so that one lock, one write and one flush serve many.</summary>
/// <typeparam name="TCall">What waits.</typeparam>
/// <typeparam name="TResult">What it comes to.</typeparam>
/// <param name="owner">Whose queue it is; named once it is closed.</param>
/// <param name="turn">Takes a batch and writes it; called again while calls wait. Must not throw.</param>
internal sealed class WriteQueue<TCall, TResult>(Type owner, Func<Task> turn)
    where TCall : PendingCall<TResult>
{
    private readonly Lock _gate = new();
    private List<TCall> _waiting = [];
    private Task _pump = Task.CompletedTask;
    private bool _isPumping;
    private bool _isClosed;

    /// <summary>Adds a call and waits for what it comes to.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public async Task<TResult> SubmitAsync(TCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Enqueue(call);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TCall)state!).GiveUp(token), call);
        return await call.Done.ConfigureAwait(false);
    }

    /// <summary>Takes all calls that still wait.</summary>
    public List<TCall> Take()
    {
        List<TCall> taken;
        lock (_gate)
        {
            (taken, _waiting) = (_waiting, []);
        }

        taken.RemoveAll(static call => !call.TryTake());
        return taken;
    }

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), owner);

    /// <summary>Takes no more calls, and waits for those it has.</summary>
    public async ValueTask CloseAsync()
    {
        Task pump;
        lock (_gate)
        {
            Volatile.Write(ref _isClosed, true);
            pump = _pump;
        }

        await pump.ConfigureAwait(false);
    }

    private void Enqueue(TCall call)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _waiting.Add(call);
            if (!_isPumping)
            {
                _isPumping = true;
                _pump = Task.Run(PumpAsync);
            }
        }
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
