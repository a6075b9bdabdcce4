namespace Reflexion;

/// <summary>What kind of thing went wrong with a model call.</summary>
public enum ChatFaultKind
{
    /// <summary>The provider or the way to it failed for the moment: overload, a server error, a lost connection, an unreadable reply. Retried.</summary>
    Transient,

    /// <summary>The provider limits the rate of calls. Retried, after the time it asks for.</summary>
    RateLimited,

    /// <summary>No answer came in time. Retried, unless it was the total time that ran out.</summary>
    Timeout,

    /// <summary>The circuit breaker lets no call through for now. Not retried; a fallback client answers where there is one.</summary>
    CircuitOpen,

    /// <summary>The quota or the credit is used up. Not retried; a fallback client answers where there is one.</summary>
    QuotaExhausted,

    /// <summary>The key is missing, wrong or expired. Not retried.</summary>
    Authentication,

    /// <summary>The key may not do this. Not retried.</summary>
    PermissionDenied,

    /// <summary>The model or the address does not exist. Not retried.</summary>
    NotFound,

    /// <summary>The provider rejected the request itself. Not retried.</summary>
    InvalidRequest,
}
