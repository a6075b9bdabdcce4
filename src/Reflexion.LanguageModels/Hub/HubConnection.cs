using System.Net;
using System.Net.Http.Headers;

namespace Reflexion.LanguageModels;

/// <summary>Asks the hub for a file and follows where it points, without carrying the token elsewhere.</summary>
internal sealed class HubConnection(HttpClient client, ModelHubOptions options)
{
    private const int MostRedirects = 10;

    /// <summary>The answer that a file follows from, its body not read yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="validator">The entity tag that the bytes before it had.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="ModelHubException">The hub refuses.</exception>
    /// <exception cref="HttpRequestException">The hub cannot be reached.</exception>
    public async Task<HubAnswer> AskAsync(ModelHubFile file, long from, string? validator, CancellationToken cancellationToken)
    {
        Uri address = AddressOf(file);
        string? identity = null;
        long? length = null;
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            HttpResponseMessage response = await SendAsync(address, from, validator, cancellationToken).ConfigureAwait(false);
            identity ??= Linked(response, "X-Linked-ETag")?.Trim('"') ?? response.Headers.ETag?.Tag.Trim('"');
            length ??= long.TryParse(Linked(response, "X-Linked-Size"), out long size) ? size : null;
            if (!IsRedirect(response))
            {
                return new(response, identity, identity is not null && ModelHubFile.IsSha256(identity) ? identity : null, length);
            }

            address = Target(file, address, response);
        }

        throw new ModelHubException(ModelHubError.UnexpectedAnswer, $"{file}: the hub redirects more than {MostRedirects} times. Check the endpoint {options.Endpoint}.");
    }

    private Uri AddressOf(ModelHubFile file) => new(
        $"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/{file.Repository}/resolve/{Uri.EscapeDataString(file.Revision)}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, string? validator, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (options.Token is not null && IsSameHost(address, options.Endpoint))
        {
            request.Headers.Authorization = new("Bearer", options.Token);
        }

        // A compressed answer could neither be resumed nor counted.
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (from > 0 && validator is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new(new EntityTagHeaderValue(validator));
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private static Uri Target(ModelHubFile file, Uri address, HttpResponseMessage response)
    {
        using (response)
        {
            Uri? target = response.Headers.Location is { } location ? new Uri(address, location) : null;
            return target is { Scheme: "http" or "https" } && (address.Scheme == "http" || target.Scheme == "https")
                ? target
                : throw new ModelHubException(ModelHubError.UnexpectedAnswer, $"{file}: {address.Host} redirects to '{target}', which is not followed.");
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool IsSameHost(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string? Linked(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
