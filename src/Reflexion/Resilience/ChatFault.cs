namespace Reflexion;

/// <summary>What went wrong with a model call, and what to do about it.</summary>
/// <param name="Kind">What kind of fault it is; decides whether it is retried.</param>
/// <param name="Message">What was wrong and what to do, for a human reader.</param>
public sealed record ChatFault(ChatFaultKind Kind, string Message)
{
    /// <summary>The HTTP status, where there was one.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How long the provider asks to wait before the next try, where it does; not negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed when it is made again.</summary>
    public bool IsTransient => Kind is ChatFaultKind.Transient or ChatFaultKind.RateLimited or ChatFaultKind.Timeout;
}
