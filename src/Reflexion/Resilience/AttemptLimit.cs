namespace Reflexion;

/// <summary>The time that one attempt has left: a token that ends with the call's own, or when the present limit runs out.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _call;
    private ChatFault? _fault;

    internal AttemptLimit(TimeProvider time, CancellationToken call)
    {
        // A linked source takes no TimeProvider, and Polly's timeout ends with its callback, which a stream outlives.
        _source = new(Timeout.InfiniteTimeSpan, time);
        _call = call;
        _registration = call.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    internal CancellationToken Token => _source.Token;

    /// <summary>What to report where the limit has run out; null where it has not.</summary>
    internal ChatFault? Fault => Token.IsCancellationRequested && !_call.IsCancellationRequested ? _fault : null;

    /// <summary>Starts a limit in place of the one before.</summary>
    internal void Within(TimeSpan limit, string option)
    {
        _fault = ChatFaults.NoAnswerWithin(limit, option);
        _source.CancelAfter(limit);
    }

    /// <summary>Ends the limit: the time that follows is not the provider's.</summary>
    internal void Suspend() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
