namespace Reflexion;

/// <summary>A call that waits for a store: who waits for it, and what it came to.</summary>
/// <typeparam name="TResult">What it comes to.</typeparam>
internal abstract class PendingCall<TResult>
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClaimed;

    /// <summary>Completes with what the call came to.</summary>
    public Task<TResult> Done => _done.Task;

    /// <summary>Claims the call for a batch; false where the caller has given up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Ends the wait. A call that no batch has claimed is then never carried out.</summary>
    public void GiveUp(CancellationToken cancellationToken)
    {
        TryTake();
        _done.TrySetCanceled(cancellationToken);
    }

    public void Complete(TResult result) => _done.TrySetResult(result);

    public void Fail(Exception error) => _done.TrySetException(error);
}
