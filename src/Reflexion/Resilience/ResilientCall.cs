using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;

namespace Reflexion;

/// <summary>The state of one call to one client: what is asked, how often it was, and the time it may take.</summary>
internal sealed class ResilientCall : IDisposable
{
    private readonly ChatResilienceOptions _options;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _either;
    private ChatFault? _last;

    internal ResilientCall(IList<ChatMessage> messages, ChatOptions? request, ChatResilienceOptions options, CancellationToken caller)
    {
        Messages = messages;
        Request = request;
        _options = options;
        _caller = caller;
        _total = new(options.TotalTimeout, options.TimeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _total.Token);
    }

    internal IList<ChatMessage> Messages { get; }

    internal ChatOptions? Request { get; }

    /// <summary>Ends when the caller cancels or the total time is over.</summary>
    internal CancellationToken Token => _either.Token;

    internal int Attempts { get; set; }

    /// <summary>Turns whatever was thrown into what the caller is to see; the same instance where that is it.</summary>
    internal Exception Explain(Exception thrown, AttemptLimit? limit = null)
    {
        if (_caller.IsCancellationRequested)
        {
            return new OperationCanceledException("The call was cancelled.", thrown, _caller);
        }

        if (_total.IsCancellationRequested)
        {
            return new ChatFaultException(ChatFaults.NotDoneWithin(_options.TotalTimeout, _last), thrown);
        }

        if (thrown is ChatFaultException known)
        {
            _last = known.Fault;
            return thrown;
        }

        ChatFault? fault = limit?.Fault ?? (thrown is BrokenCircuitException open
            ? ChatFaults.CircuitOpen(open.RetryAfter, _last)
            : _options.Classifier.Classify(thrown));
        if (fault is null)
        {
            return thrown;
        }

        _last = fault.IsTransient && fault.RetryAfter > _options.MaxRetryAfter ? ChatFaults.WaitTooLong(fault, _options.MaxRetryAfter) : fault;
        return new ChatFaultException(_last, thrown);
    }

    /// <summary>Throws what <see cref="Explain"/> makes of it.</summary>
    [DoesNotReturn]
    internal void Rethrow(Exception thrown, AttemptLimit? limit = null) => ExceptionDispatchInfo.Throw(Explain(thrown, limit));

    public void Dispose()
    {
        _either.Dispose();
        _total.Dispose();
    }
}
