using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Passes calls on to a model and lets some of them fail, as a <see cref="FaultPlan"/> says.</summary>
/// <remarks>
/// Reproducible: equal requests meet equal faults in whatever order and however concurrently they come, provided that the
/// client is new and the seed the same. Requests that differ only in the ids of calls count as equal. Thread-safe.
/// <example>Does the app survive a bad day?
/// <code>
/// using var flaky = new FaultInjectingChatClient(model, FaultPlan.Even(seed: 7, rate: 0.3));
/// Episode episode = await ReflexionAgent.CreateBuilder(flaky.WithResilience()).Build().RunAsync("...");
/// Console.WriteLine(string.Join(", ", flaky.InjectedByKind));
/// </code></example>
/// </remarks>
/// <param name="innerClient">The model; disposed of with this client.</param>
/// <param name="plan">Which faults, and how often.</param>
public sealed class FaultInjectingChatClient(IChatClient innerClient, FaultPlan plan) : DelegatingChatClient(innerClient)
{
    private readonly FaultPlan _plan = plan ?? throw new ArgumentNullException(nameof(plan));
    private readonly ConcurrentDictionary<string, int> _occurrences = new();
    private readonly ConcurrentQueue<InjectedFault> _injected = new();
    private int _calls;

    /// <summary>How many calls were made.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The faults so far, in the order they were drawn.</summary>
    public ImmutableArray<InjectedFault> Injected => [.. _injected];

    /// <summary>How many faults of each kind were injected so far; kinds that did not occur are absent.</summary>
    public ImmutableSortedDictionary<FaultKind, int> InjectedByKind => _injected.CountBy(fault => fault.Kind).ToImmutableSortedDictionary();

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> sent = [.. messages];
        InjectedFault? fault = Draw(sent, options);
        await FailBeforeAsync(fault, cancellationToken).ConfigureAwait(false);
        ChatResponse reply = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        if (fault?.Kind is FaultKind.SlowTokens)
        {
            await Task.Delay(_plan.TokenDelay * ResponseStreaming.Split(reply).Count(), _plan.Time, cancellationToken).ConfigureAwait(false);
        }

        return fault is null ? reply
            : fault.Kind is FaultKind.CutStream ? throw StreamCut()
            : FaultedReply.Of(reply, fault);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> sent = [.. messages];
        InjectedFault? fault = Draw(sent, options);
        await FailBeforeAsync(fault, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatResponseUpdate> stream = base.GetStreamingResponseAsync(sent, options, cancellationToken);
        if (fault is { Kind: not FaultKind.SlowTokens })
        {
            stream = FaultedStreamAsync(stream, fault, cancellationToken);
        }

        await foreach (ChatResponseUpdate update in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (fault?.Kind is FaultKind.SlowTokens)
            {
                await Task.Delay(_plan.TokenDelay, _plan.Time, cancellationToken).ConfigureAwait(false);
            }

            yield return update;
        }
    }

    // Where a stream is cut depends on its length, so it is read to its end first.
    private static async IAsyncEnumerable<ChatResponseUpdate> FaultedStreamAsync(
        IAsyncEnumerable<ChatResponseUpdate> stream, InjectedFault fault, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ChatResponseUpdate> updates = await stream.ToListAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<ChatResponseUpdate> left = fault.Kind switch
        {
            FaultKind.CutStream => updates.Take((int)(fault.Position * updates.Count)),
            FaultKind.SilentlyCutStream => updates.Take((int)(fault.Position * updates.Count)).TakeWhile(update => update.FinishReason is null),
            _ => ResponseStreaming.Split(FaultedReply.Of(updates.ToChatResponse(), fault)),
        };
        foreach (ChatResponseUpdate update in left)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }

        if (fault.Kind is FaultKind.CutStream)
        {
            throw StreamCut();
        }
    }

    private static HttpIOException StreamCut() => new(HttpRequestError.ResponseEnded, "The response ended prematurely (injected).");

    private InjectedFault? Draw(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Interlocked.Increment(ref _calls);
        string hash = RequestNormalizer.Hash(RequestNormalizer.Normalize(messages, options, static text => text));
        InjectedFault? fault = _plan.Draw(hash, _occurrences.AddOrUpdate(hash, 1, static (_, count) => count + 1));
        if (fault is not null)
        {
            _injected.Enqueue(fault);
        }

        return fault;
    }

    private Task FailBeforeAsync(InjectedFault? fault, CancellationToken cancellationToken) => fault?.Kind switch
    {
        FaultKind.RateLimited => throw new HttpFaultException(HttpStatusCode.TooManyRequests, _plan.RetryAfter, "Too many requests (injected)."),
        FaultKind.ServerError => throw new HttpRequestException("HTTP 500: internal server error (injected).", null, HttpStatusCode.InternalServerError),
        FaultKind.Unavailable => throw new HttpRequestException("HTTP 503: the service is overloaded (injected).", null, HttpStatusCode.ServiceUnavailable),
        FaultKind.Timeout => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout elapsing (injected).", new TimeoutException("A task was canceled.")),
        FaultKind.ConnectionReset => throw new HttpIOException(HttpRequestError.ConnectionError, "Connection reset by peer (injected).", new SocketException((int)SocketError.ConnectionReset)),
        FaultKind.Hang => Task.Delay(Timeout.InfiniteTimeSpan, _plan.Time, cancellationToken),
        _ => Task.CompletedTask,
    };
}
