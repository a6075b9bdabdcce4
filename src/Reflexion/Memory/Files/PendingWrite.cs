namespace Reflexion;

/// <summary>A call that waits for the file: what it wants done, and who waits.</summary>
/// <param name="action">What to do, or null only to catch up with what other processes wrote.</param>
/// <param name="compacts">Whether the file is to be compacted.</param>
internal sealed class PendingWrite(Func<MemoryClerk, DateTimeOffset, Lesson?>? action, bool compacts = false)
{
    private readonly TaskCompletionSource<Lesson?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClaimed;
    private Lesson? _result;

    public bool Compacts { get; } = compacts;

    /// <summary>Whether it may write something.</summary>
    public bool Writes => action is not null;

    /// <summary>Completes with the lesson that the call returns, if any.</summary>
    public Task<Lesson?> Done => _done.Task;

    /// <summary>Claims the call for a batch; false where the caller has given up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Ends the wait. A call that no batch has claimed is then never carried out.</summary>
    public void GiveUp(CancellationToken cancellationToken)
    {
        TryTake();
        _done.TrySetCanceled(cancellationToken);
    }

    public void Decide(MemoryClerk clerk, DateTimeOffset now) => _result = action?.Invoke(clerk, now);

    public void Complete() => _done.TrySetResult(_result);

    public void Fail(Exception error) => _done.TrySetException(error);
}
