using System.Net;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>
/// Sends requests as Wikimedia asks programs to: named, compressed, with a pause between them, and after a refusal no sooner than it is told.
/// Calls never overlap.
/// </summary>
internal sealed class PoliteSender(HttpClient client, WikipediaOptions options, TimeProvider time)
{
    private long? _lastEnd;

    /// <summary>Sends a request until it is answered, refused for good, or has failed too often.</summary>
    internal async Task<MediaWikiReply> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            SentRequest sent = await TryAsync(address, cancellationToken).ConfigureAwait(false);
            _lastEnd = time.GetTimestamp();
            if (sent.Reply is not null)
            {
                return sent.Reply;
            }

            TimeSpan wait = sent.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt - 1, 20)));
            string? end = !sent.IsTransient ? ""
                : attempt == options.MaxAttempts ? $" It was asked {attempt} times."
                : wait > options.MaxWait ? $" It asks to wait {wait.TotalSeconds:0} s, longer than {nameof(WikipediaOptions)}.{nameof(WikipediaOptions.MaxWait)} allows."
                : null;
            if (end is not null)
            {
                throw new WikipediaException($"{options.Endpoint.Host} {sent.Problem}{end}", sent.Fault);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        TimeSpan left = _lastEnd is { } last ? options.Pause - time.GetElapsedTime(last) : TimeSpan.Zero;
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SentRequest> TryAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = Request(address);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"did not answer within {options.Timeout.TotalSeconds:0.###} s.", IsTransient: true) { Fault = late };
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new($"could not be reached: {broken.Message}", IsTransient: true) { Fault = broken };
        }
        catch (Exception garbage) when (garbage is JsonException or InvalidDataException)
        {
            return new($"did not answer as MediaWiki's API does: {garbage.Message}", IsTransient: false) { Fault = garbage };
        }
    }

    private HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        return request;
    }

    private async Task<SentRequest> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return new($"answered with status {(int)response.StatusCode}.", IsTransient(response.StatusCode)) { RetryAfter = WaitOf(response) };
        }

        byte[] body = await BoundedBody.ReadAsync(response.Content, options.MaxReplyBytes, cancellationToken).ConfigureAwait(false);
        MediaWikiReply reply = JsonSerializer.Deserialize(body, MediaWikiJsonContext.Default.MediaWikiReply) ?? throw new JsonException("The reply is null.");
        return reply.Error is { } error
            ? new($"answered with the error '{error.Code}': {error.Info}", error.IsTransient) { RetryAfter = WaitOf(response) }
            : new SentRequest("", IsTransient: false) { Reply = reply };
    }

    private TimeSpan? WaitOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? RetryAfterHeader.Parse(values.ToString(), time) : null;

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
