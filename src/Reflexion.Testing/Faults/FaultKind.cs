namespace Reflexion.Testing;

/// <summary>What a <see cref="FaultInjectingChatClient"/> can do to a call.</summary>
/// <remarks><example><code>FaultPlan plan = new FaultPlan(seed: 7).With(FaultKind.RateLimited, 0.2);</code></example></remarks>
public enum FaultKind
{
    /// <summary>HTTP 429: an <see cref="HttpFaultException"/> with <see cref="FaultPlan.RetryAfter"/>. The model is not called.</summary>
    RateLimited,

    /// <summary>HTTP 500: an <see cref="HttpRequestException"/>. The model is not called.</summary>
    ServerError,

    /// <summary>HTTP 503: an <see cref="HttpRequestException"/>. The model is not called.</summary>
    Unavailable,

    /// <summary>A timeout as <see cref="HttpClient"/> reports it: <see cref="TaskCanceledException"/> with a <see cref="TimeoutException"/> within. At once; the model is not called.</summary>
    Timeout,

    /// <summary>The connection is reset: an <see cref="HttpIOException"/>. The model is not called.</summary>
    ConnectionReset,

    /// <summary>The text is cut at a random point although the reply looks complete; where there is no text, the arguments of tool calls cannot be read.</summary>
    TruncatedText,

    /// <summary>A reply without any content.</summary>
    EmptyReply,

    /// <summary>A reply without any content and with finish reason <c>content_filter</c>.</summary>
    ContentFilter,

    /// <summary>The text is cut at a random point, tool calls are missing, and the finish reason is <c>length</c>.</summary>
    LengthLimit,

    /// <summary>The stream fails with an <see cref="HttpIOException"/> after some updates; a call that is not streamed fails after the model has answered.</summary>
    CutStream,

    /// <summary>The stream ends after some updates without finish reason or fault; a call that is not streamed gives a cut text without finish reason.</summary>
    SilentlyCutStream,

    /// <summary><see cref="FaultPlan.TokenDelay"/> passes before each update, or for each word of a reply that is not streamed.</summary>
    SlowTokens,

    /// <summary>Nothing comes until the caller cancels. The model is not called.</summary>
    Hang,
}
