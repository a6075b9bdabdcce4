using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Holds calls back until they fit into a rate limit.</summary>
internal sealed class RateLimitedChatClient(IChatClient inner, RateLimit limit, TimeProvider time) : DelegatingChatClient(inner)
{
    private readonly RateLimiter _limiter = new(limit, time);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        RateEntry entry = await _limiter.EnterAsync(Expected(sent, options), cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        Settle(entry, response.Usage);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        RateEntry entry = await _limiter.EnterAsync(Expected(sent, options), cancellationToken).ConfigureAwait(false);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(sent, options, cancellationToken).ConfigureAwait(false))
        {
            if (update.Contents.OfType<UsageContent>().LastOrDefault() is { } usage)
            {
                Settle(entry, usage.Details);
            }

            yield return update;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _limiter.Dispose();
        }

        base.Dispose(disposing);
    }

    private long Expected(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        TokenEstimate.Of(messages) + (options?.MaxOutputTokens ?? limit.ReservedOutputTokens);

    // A provider that does not tell has used what was expected; so has a call that failed.
    private void Settle(RateEntry entry, UsageDetails? told)
    {
        if ((told?.TotalTokenCount ?? told?.InputTokenCount + told?.OutputTokenCount) is { } tokens)
        {
            _limiter.Settle(entry, tokens);
        }
    }
}
