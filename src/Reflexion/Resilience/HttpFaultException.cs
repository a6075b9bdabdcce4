using System.Net;

namespace Reflexion;

/// <summary>An HTTP response that says how long to wait, as <see cref="RetryAfterHandler"/> reports it.</summary>
/// <param name="statusCode">The status.</param>
/// <param name="retryAfter">How long the server asks to wait.</param>
/// <param name="body">The response's body, where the provider's own words are.</param>
public sealed class HttpFaultException(HttpStatusCode statusCode, TimeSpan retryAfter, string body)
    : HttpRequestException($"HTTP {(int)statusCode}\n{body}", inner: null, statusCode)
{
    /// <summary>How long the server asks to wait; not negative.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
