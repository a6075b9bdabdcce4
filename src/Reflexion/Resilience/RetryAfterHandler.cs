namespace Reflexion;

/// <summary>
/// Makes <c>Retry-After</c> known where a provider's SDK does not: put it into the SDK's <see cref="HttpClient"/>. An
/// error response with that header becomes an <see cref="HttpFaultException"/>, which SDKs keep as an inner exception.
/// </summary>
/// <remarks>Responses without the header pass unchanged. Not needed where the SDK's exception has the response's headers.</remarks>
/// <param name="time">The clock that a date is compared with; null for the system's.</param>
public sealed class RetryAfterHandler(TimeProvider? time = null) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || Wait(response) is not { } wait)
        {
            return response;
        }

        using (response)
        {
            string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new HttpFaultException(response.StatusCode, wait, body);
        }
    }

    private TimeSpan? Wait(HttpResponseMessage response) =>
        RetryAfterHeader.Parse(Header(response, "retry-after-ms")) is { } milliseconds
            ? milliseconds / 1000
            : RetryAfterHeader.Parse(Header(response, "retry-after"), time);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
