using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Reflexion;

/// <summary>How a chat client copes with faults. Finite by default: no call retries or waits without end.</summary>
/// <remarks>Turn the retries of the provider's SDK off, or the two limits multiply.</remarks>
public sealed class ChatResilienceOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>How often a transient fault is retried. Default 4, so five attempts at most; in [0, 100].</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The wait before the first retry; it doubles from retry to retry, with jitter. Default 1 s; in [0, 1 day].</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that doubling leads to. Default 30 s; in [0, 1 day].</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one ends the call at once. Default 60 s; in [0, 1 day].</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long one attempt may take; with streaming, until the first content arrives. Default 100 s; above zero, at most 1 day.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long the attempts with one client and the waits between them may take, a stream and the time its reader takes
    /// included. Default 5 minutes; above zero, at most 1 day. Each fallback client has this time anew.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a stream may be silent between two updates. Default 60 s; above zero, at most 1 day.</summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a stream is held back until it is whole, so that it can be retried whole. Default false: updates are
    /// handed on as they come, and a fault after the first of them is a <see cref="ChatStreamInterruptedException"/>.
    /// </summary>
    public bool BufferStreams { get; set; }

    /// <summary>
    /// Whether a stream that ends without a finish reason counts as cut. Default true, since connections that break are
    /// often seen as a plain end; turn it off for a provider that never sends a finish reason.
    /// </summary>
    public bool RequireFinishReason { get; set; } = true;

    /// <summary>The circuit breaker; null for none.</summary>
    public ChatCircuitBreakerOptions? CircuitBreaker { get; set; } = new();

    /// <summary>
    /// The most calls at once, streams until they end and waits for a retry included; others queue, and their own
    /// cancellation takes them out of the queue. Default 64; at least 1, or null for no limit.
    /// </summary>
    public int? MaxConcurrentCalls { get; set; } = 64;

    /// <summary>
    /// Who answers, in this order, when the client before is exhausted. Default none. They are disposed of with the
    /// resilient client, get no <see cref="ChatOptions.ModelId"/> (it is the first provider's), and are not asked to
    /// continue a conversation that the first provider keeps (<see cref="ChatOptions.ConversationId"/>).
    /// </summary>
    public IReadOnlyList<IChatClient> Fallbacks { get; set; } = [];

    /// <summary>
    /// With which faults the next fallback client is asked. Default: with transient faults, an open circuit and a used-up
    /// quota, but not with a wrong key, model or request, which a fallback would only hide.
    /// </summary>
    public Func<ChatFault, bool> FallsBackOn { get; set; } =
        fault => fault.IsTransient || fault.Kind is ChatFaultKind.CircuitOpen or ChatFaultKind.QuotaExhausted;

    /// <summary>Tells transient faults from permanent ones. Default <see cref="ChatFaultClassifier.Default"/>.</summary>
    public IChatFaultClassifier Classifier { get; set; } = ChatFaultClassifier.Default;

    /// <summary>The clock for waits and timeouts. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Seeds the jitter. Default 0.</summary>
    public int Seed { get; set; }

    /// <summary>Where retries, fallbacks and the circuit are logged; null (default) for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Says what is wrong with the options.</summary>
    /// <returns>One sentence for each fault; none where the options are sound.</returns>
    public IEnumerable<string> Validate()
    {
        if (MaxRetries is < 0 or > 100)
        {
            yield return $"{nameof(MaxRetries)} is {MaxRetries}; it must be in [0, 100].";
        }

        if (MaxConcurrentCalls < 1)
        {
            yield return $"{nameof(MaxConcurrentCalls)} is {MaxConcurrentCalls}; it must be at least 1, or null for no limit.";
        }

        foreach ((string name, TimeSpan value) in new[] { (nameof(BaseDelay), BaseDelay), (nameof(MaxDelay), MaxDelay), (nameof(MaxRetryAfter), MaxRetryAfter) })
        {
            if (value < TimeSpan.Zero || value > LongestTimer)
            {
                yield return $"{name} is {value}; it must be between zero and a day.";
            }
        }

        foreach ((string name, TimeSpan value) in new[]
            { (nameof(AttemptTimeout), AttemptTimeout), (nameof(TotalTimeout), TotalTimeout), (nameof(StreamIdleTimeout), StreamIdleTimeout) })
        {
            if (value <= TimeSpan.Zero || value > LongestTimer)
            {
                yield return $"{name} is {value}; it must be above zero and at most a day.";
            }
        }

        if (Fallbacks is null || Fallbacks.Any(fallback => fallback is null))
        {
            yield return $"{nameof(Fallbacks)} is null or holds null; leave it empty for none.";
        }

        if (FallsBackOn is null || Classifier is null || TimeProvider is null)
        {
            yield return $"{nameof(FallsBackOn)}, {nameof(Classifier)} and {nameof(TimeProvider)} must not be null.";
        }

        foreach (string fault in CircuitBreaker?.Validate() ?? [])
        {
            yield return fault;
        }
    }

    /// <summary>A copy that later changes by the caller do not reach.</summary>
    internal ChatResilienceOptions Copy()
    {
        var copy = (ChatResilienceOptions)MemberwiseClone();
        copy.Fallbacks = [.. Fallbacks];
        copy.CircuitBreaker = CircuitBreaker?.Copy();
        return copy;
    }
}
