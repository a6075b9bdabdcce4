namespace Reflexion;

/// <summary>Lets calls through in the order in which they come, as many as fit into every window of sixty seconds.</summary>
internal sealed class RateLimiter(RateLimit limit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Queue<RateEntry> _window = new();
    private TaskCompletionSource _settled = NewSignal();

    /// <summary>Waits until a call fits. One that is larger than the limit itself goes when nothing else is in the window.</summary>
    internal async ValueTask<RateEntry> EnterAsync(long tokens, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (TryEnter(tokens, out TimeSpan wait, out Task settled) is { } entry)
                {
                    return entry;
                }

                await WaitAsync(wait, settled, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts what a call really used in the place of what was expected.</summary>
    internal void Settle(RateEntry entry, long tokens)
    {
        lock (_gate)
        {
            entry.Tokens = tokens;
            _settled.TrySetResult();
            _settled = NewSignal();
        }
    }

    public void Dispose() => _turn.Dispose();

    private RateEntry? TryEnter(long tokens, out TimeSpan wait, out Task settled)
    {
        lock (_gate)
        {
            settled = _settled.Task;
            while (_window.TryPeek(out RateEntry? oldest) && Left(oldest) <= TimeSpan.Zero)
            {
                _window.Dequeue();
            }

            wait = UntilFits(tokens);
            if (wait > TimeSpan.Zero)
            {
                return null;
            }

            var entry = new RateEntry(time.GetTimestamp()) { Tokens = tokens };
            _window.Enqueue(entry);
            return entry;
        }
    }

    /// <summary>How long it takes until enough of the oldest calls have left the window.</summary>
    private TimeSpan UntilFits(long tokens)
    {
        int calls = _window.Count;
        long used = _window.Sum(entry => entry.Tokens);
        TimeSpan wait = TimeSpan.Zero;
        foreach (RateEntry entry in _window)
        {
            if ((limit.CallsPerMinute is not { } most || calls < most) && (limit.TokensPerMinute is not { } mostTokens || used + tokens <= mostTokens))
            {
                break;
            }

            calls--;
            used -= entry.Tokens;
            wait = Left(entry);
        }

        return wait;
    }

    private TimeSpan Left(RateEntry entry) => Window - time.GetElapsedTime(entry.At);

    private async Task WaitAsync(TimeSpan wait, Task settled, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Timers count whole milliseconds; one that fired early would only wait again.
        Task delay = Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, enough.Token);
        await Task.WhenAny(delay, settled).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
